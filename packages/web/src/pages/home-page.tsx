import { useProject } from '../app/client.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'

export function HomePage() {
  const project = useProject()
  return (
    <Page>
      <PageHeader title={project.name} windowTitle="Home" />
    </Page>
  )
}
