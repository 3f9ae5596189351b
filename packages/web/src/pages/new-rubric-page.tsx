import { useNavigate } from '@tanstack/react-router'
import { useProject } from '../app/client.tsx'
import { RubricEditor } from '../features/rubrics/rubric-editor.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { RubricPreview } from './rubric-page/rubric-preview.tsx'

export function NewRubricPage() {
  const { slug } = useProject()
  const navigate = useNavigate()
  return (
    <Page wide>
      <PageHeader title="New rubric" />
      <RubricEditor
        base={null}
        onSaved={({ id }) => void navigate({ to: '/p/$project/rubrics/$rubricId', params: { project: slug, rubricId: id } })}
        renderPreview={(criteria) => <RubricPreview criteria={criteria} />}
      />
    </Page>
  )
}
