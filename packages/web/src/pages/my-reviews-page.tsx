import { MyQueueList } from '../features/review/my-queue-list.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'

/** A reviewer's home: their queues, their progress, and their own figures. */
export function MyReviewsPage() {
  return (
    <Page>
      <PageHeader title="My reviews" description="The queues that you can work in, what is left for you, and how your judgments fare." />
      <MyQueueList />
    </Page>
  )
}
