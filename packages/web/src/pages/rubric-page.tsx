import type { Rubric } from '@plaudit/sdk'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { RubricEditor } from '../features/rubrics/rubric-editor.tsx'
import { RubricVersions } from '../features/rubrics/rubric-versions.tsx'
import { useArchiveRubric, useRubricVersions } from '../features/rubrics/use-rubrics.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { RubricPreview } from './rubric-page/rubric-preview.tsx'

export function RubricPage() {
  const { rubricId } = useParams({ from: '/p/$project/rubrics/$rubricId' })
  const versions = useRubricVersions(rubricId)
  const newest = versions.data?.[0]
  return (
    <Page wide>
      {versions.isPending && <SkeletonRows rows={6} label="Loading the rubric" />}
      {versions.isError && (
        <ErrorState title="The rubric could not be loaded." error={versions.error} onRetry={() => void versions.refetch()} />
      )}
      {versions.data !== undefined && newest !== undefined && <LoadedRubric newest={newest} versions={versions.data} />}
    </Page>
  )
}

function LoadedRubric({ newest, versions }: { newest: Rubric; versions: readonly Rubric[] }) {
  const [tab, setTab] = useState('edit')
  const archive = useArchiveRubric()
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
          <Button busy={archive.isPending} onClick={() => archive.mutate({ rubric: newest, archived: !newest.archived })}>
            {newest.archived ? 'Bring it back' : 'Archive'}
          </Button>
        }
      />
      <Tabs
        label="Rubric"
        value={tab}
        onChange={setTab}
        tabs={[
          {
            value: 'edit',
            label: 'Criteria',
            content: (
              <RubricEditor
                key={newest.version}
                base={newest}
                onSaved={() => setTab('versions')}
                renderPreview={(criteria) => <RubricPreview criteria={criteria} />}
              />
            ),
          },
          {
            value: 'versions',
            label: versions.length === 1 ? '1 version' : `${versions.length} versions`,
            content: <RubricVersions key={newest.version} versions={versions} />,
          },
        ]}
      />
    </>
  )
}
