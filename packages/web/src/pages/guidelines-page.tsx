import { Link } from '@tanstack/react-router'
import { useProject } from '../app/client.tsx'
import { GuidelineList } from '../features/guidelines/guideline-list.tsx'
import { buttonClass } from '../ui/button.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'

export function GuidelinesPage() {
  const { slug } = useProject()
  return (
    <Page>
      <PageHeader
        title="Guidelines"
        description="How reviewers decide, with examples, in versions that never change."
        actions={
          <Link to="/p/$project/guidelines/new" params={{ project: slug }} className={buttonClass('secondary')}>
            New guideline
          </Link>
        }
      />
      <GuidelineList />
    </Page>
  )
}
