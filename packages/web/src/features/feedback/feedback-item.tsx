import type { Feedback } from '@plaudit/sdk'
import { Trash2 } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { AuthorBadge } from './author-badge.tsx'
import { FeedbackValue } from './feedback-value.tsx'

export type FeedbackItemProps = {
  feedback: Feedback
  me: string
  /** The text that a correction corrects, when it is at hand. */
  output?: string | null
  nameOf?: (spanId: string) => string
  onRemove?: () => void
}

/** One judgment: the question, the answer, who gave it and why. */
export function FeedbackItem({ feedback, me, output = null, nameOf, onRemove }: FeedbackItemProps) {
  return (
    <div className="group relative min-w-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 pr-8">
        <span className="min-w-0 truncate font-medium text-ink-soft">{feedback.criterion}</span>
        <AuthorBadge author={feedback.author} me={me} />
        <TimeAgo time={feedback.time} className="text-note text-ink-faint" />
      </div>
      <div className="mt-1 min-w-0">
        <FeedbackValue feedback={feedback} output={output} nameOf={nameOf} />
      </div>
      {feedback.rationale !== '' && (
        <p dir="auto" className="mt-1 break-words whitespace-pre-wrap text-ink-soft">
          {feedback.rationale}
        </p>
      )}
      {onRemove !== undefined && (
        <IconButton
          size="small"
          label={`Delete ${feedback.criterion}`}
          onClick={onRemove}
          className="absolute -top-1 right-0 opacity-60 group-hover:opacity-100 focus-visible:opacity-100"
        >
          <Trash2 className="size-3.5" aria-hidden="true" />
        </IconButton>
      )}
    </div>
  )
}

/** Judgments one under the other. */
export function FeedbackItems({
  feedback,
  onRemove,
  ...rest
}: Omit<FeedbackItemProps, 'feedback' | 'onRemove'> & { feedback: readonly Feedback[]; onRemove: (feedback: Feedback) => void }) {
  return (
    <ul>
      {feedback.map((one) => (
        <li key={one.id} className="border-b border-line py-2.5 last:border-0">
          <FeedbackItem {...rest} feedback={one} onRemove={() => onRemove(one)} />
        </li>
      ))}
    </ul>
  )
}
