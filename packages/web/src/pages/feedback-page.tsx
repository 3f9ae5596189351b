import { useNavigate, useSearch } from '@tanstack/react-router'
import { FeedbackFilterBar } from '../features/feedback/feedback-filter-bar.tsx'
import { FeedbackList } from '../features/feedback/feedback-list.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'

export function FeedbackPage() {
  const filter = useSearch({ from: '/p/$project/feedback' })
  const navigate = useNavigate({ from: '/p/$project/feedback' })
  return (
    <Page>
      <PageHeader title="Feedback" />
      <div className="flex flex-col gap-4">
        <FeedbackFilterBar filter={filter} onChange={(next) => void navigate({ search: next })} />
        <FeedbackList filter={filter} onClear={() => void navigate({ search: {} })} />
      </div>
    </Page>
  )
}
