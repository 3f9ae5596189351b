import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { sessionQuery } from '../app/session.ts'
import { NewProjectForm } from '../features/projects/new-project-form.tsx'
import { FrontPage } from '../ui/front-page.tsx'

export function NewProjectPage() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return (
    <FrontPage title="New project" lead="One application is one project.">
      <NewProjectForm
        onCreated={async (project) => {
          await queries.refetchQueries({ queryKey: sessionQuery.queryKey })
          void navigate({ to: '/p/$project', params: { project: project.slug } })
        }}
      />
      <Link to="/" className="link mt-6 inline-block">
        Back
      </Link>
    </FrontPage>
  )
}
