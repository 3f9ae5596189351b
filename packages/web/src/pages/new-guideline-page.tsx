import { useNavigate } from '@tanstack/react-router'
import { useProject } from '../app/client.tsx'
import { GuidelineEditor } from '../features/guidelines/guideline-editor.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'

export function NewGuidelinePage() {
  const { slug } = useProject()
  const navigate = useNavigate()
  return (
    <Page wide>
      <PageHeader title="New guideline" />
      <GuidelineEditor
        base={null}
        onSaved={({ id }) => void navigate({ to: '/p/$project/guidelines/$guidelineId', params: { project: slug, guidelineId: id } })}
      />
    </Page>
  )
}
