import { Link } from '@tanstack/react-router'
import { useProject } from '../app/client.tsx'
import { RubricList } from '../features/rubrics/rubric-list.tsx'
import { buttonClass } from '../ui/button.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'

export function RubricsPage() {
  const { slug } = useProject()
  return (
    <Page>
      <PageHeader
        title="Rubrics"
        description="What reviewers are asked, in versions that never change."
        actions={
          <Link to="/p/$project/rubrics/new" params={{ project: slug }} className={buttonClass('secondary')}>
            New rubric
          </Link>
        }
      />
      <RubricList />
    </Page>
  )
}
