import { useParams } from '@tanstack/react-router'
import { Frame } from '../app/frame.tsx'
import { RouteMissing } from '../app/route-missing.tsx'
import { useSession } from '../app/session.ts'
import { ReviewDesk } from '../features/review/review-desk.tsx'
import { DocumentList } from '../features/traces/document-list.tsx'
import { MessageList } from '../features/traces/message-view.tsx'

/** A reviewer at work in one queue. */
export function ReviewPage() {
  const { project, queueId } = useParams({ from: '/p/$project/review/$queueId' })
  const isKnown = useSession().projects.some(({ slug }) => slug === project)
  if (!isKnown) return <RouteMissing />
  return (
    <Frame>
      <ReviewDesk key={queueId} queueId={queueId} views={views} />
    </Frame>
  )
}

const views = {
  messages: (messages: Parameters<typeof MessageList>[0]['messages'], isRaw: boolean) => <MessageList messages={messages} isRaw={isRaw} />,
  documents: (documents: Parameters<typeof DocumentList>[0]['documents'], isRaw: boolean) => (
    <DocumentList documents={documents} isRaw={isRaw} note={undefined} />
  ),
}
