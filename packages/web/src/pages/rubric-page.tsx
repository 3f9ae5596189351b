import { useParams } from '@tanstack/react-router'
import { RubricDiffView } from '../features/rubrics/rubric-diff-view.tsx'
import { RubricEditor } from '../features/rubrics/rubric-editor.tsx'
import { useArchiveRubric, useRubricVersions } from '../features/rubrics/use-rubrics.ts'
import { VersionHistory } from '../ui/version-history.tsx'
import { RubricPreview } from './rubric-page/rubric-preview.tsx'
import { VersionedPage } from './versioned-page.tsx'

export function RubricPage() {
  const { rubricId } = useParams({ from: '/p/$project/rubrics/$rubricId' })
  const archive = useArchiveRubric()
  return (
    <VersionedPage
      noun="rubric"
      versions={useRubricVersions(rubricId)}
      archive={{ isPending: archive.isPending, setArchived: (document, archived) => archive.mutate({ document, archived }) }}
      edit={(newest, onSaved) => ({
        label: 'Criteria',
        content: (
          <RubricEditor
            key={newest.version}
            base={newest}
            onSaved={onSaved}
            renderPreview={(criteria) => <RubricPreview criteria={criteria} />}
          />
        ),
      })}
      history={(versions) => (
        <VersionHistory
          key={versions.length}
          versions={versions}
          renderDifference={(before, after) => <RubricDiffView before={before.criteria} after={after.criteria} />}
        />
      )}
    />
  )
}
