import type { Guideline } from '@plaudit/sdk'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { GuidelineEditor } from '../features/guidelines/guideline-editor.tsx'
import { GuidelineVersions } from '../features/guidelines/guideline-versions.tsx'
import { StaleList } from '../features/guidelines/stale-list.tsx'
import { useArchiveGuideline, useGuidelineVersions } from '../features/guidelines/use-guidelines.ts'
import { VersionAgreement } from '../features/guidelines/version-agreement.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { Tabs } from '../ui/tabs.tsx'

export function GuidelinePage() {
  const { guidelineId } = useParams({ from: '/p/$project/guidelines/$guidelineId' })
  const versions = useGuidelineVersions(guidelineId)
  const newest = versions.data?.[0]
  return (
    <Page wide>
      {versions.isPending && <SkeletonRows rows={6} label="Loading the guideline" />}
      {versions.isError && (
        <ErrorState title="The guideline could not be loaded." error={versions.error} onRetry={() => void versions.refetch()} />
      )}
      {versions.data !== undefined && newest !== undefined && <LoadedGuideline newest={newest} versions={versions.data} />}
    </Page>
  )
}

function LoadedGuideline({ newest, versions }: { newest: Guideline; versions: readonly Guideline[] }) {
  const [tab, setTab] = useState('edit')
  const archive = useArchiveGuideline()
  return (
    <>
      <PageHeader
        title={newest.name}
        description={
          <span className="flex flex-wrap items-center gap-2">
            Version {newest.version}
            {newest.archived && <Badge>Archived</Badge>}
          </span>
        }
        actions={
          <Button busy={archive.isPending} onClick={() => archive.mutate({ guideline: newest, archived: !newest.archived })}>
            {newest.archived ? 'Bring it back' : 'Archive'}
          </Button>
        }
      />
      <Tabs
        label="Guideline"
        value={tab}
        onChange={setTab}
        tabs={[
          {
            value: 'edit',
            label: 'Text',
            content: <GuidelineEditor key={newest.version} base={newest} onSaved={() => setTab('versions')} />,
          },
          {
            value: 'versions',
            label: versions.length === 1 ? '1 version' : `${versions.length} versions`,
            content: <GuidelineVersions key={newest.version} versions={versions} />,
          },
          { value: 'stale', label: 'Out of date', content: <StaleList guideline={newest} /> },
          { value: 'agreement', label: 'Before and after', content: <VersionAgreement guideline={newest} /> },
        ]}
      />
    </>
  )
}
