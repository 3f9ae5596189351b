import { useParams } from '@tanstack/react-router'
import { GuidelineEditor } from '../features/guidelines/guideline-editor.tsx'
import { GuidelineVersions } from '../features/guidelines/guideline-versions.tsx'
import { StaleList } from '../features/guidelines/stale-list.tsx'
import { useArchiveGuideline, useGuidelineVersions } from '../features/guidelines/use-guidelines.ts'
import { VersionAgreement } from '../features/guidelines/version-agreement.tsx'
import { VersionedPage } from './versioned-page.tsx'

export function GuidelinePage() {
  const { guidelineId } = useParams({ from: '/p/$project/guidelines/$guidelineId' })
  const archive = useArchiveGuideline()
  return (
    <VersionedPage
      noun="guideline"
      versions={useGuidelineVersions(guidelineId)}
      archive={{ isPending: archive.isPending, setArchived: (document, archived) => archive.mutate({ document, archived }) }}
      edit={(newest, onSaved) => ({
        label: 'Text',
        content: <GuidelineEditor key={newest.version} base={newest} onSaved={onSaved} />,
      })}
      history={(versions) => <GuidelineVersions key={versions.length} versions={versions} />}
      more={(newest) => [
        { value: 'stale', label: 'Out of date', content: <StaleList guideline={newest} /> },
        { value: 'agreement', label: 'Before and after', content: <VersionAgreement guideline={newest} /> },
      ]}
    />
  )
}
