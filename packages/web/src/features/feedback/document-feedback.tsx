import type { Target } from '@plaudit/sdk'
import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import { FeedbackItems } from './feedback-item.tsx'
import { judgment } from './judgment-form.ts'
import { feedbackOn } from './target.ts'
import type { FeedbackLedger } from './use-feedback-ledger.ts'

const RELEVANT = 'relevant'

/** Whether a retrieved document is of use: one press, beside what others said of it. */
export function DocumentFeedback({ target, ledger }: { target: Target; ledger: FeedbackLedger }) {
  const about = feedbackOn(ledger.feedback, target)
  const own = about.find(({ criterion, author }) => criterion === RELEVANT && author.kind === 'human' && author.id === ledger.me)
  const give = (value: 'up' | 'down') =>
    own?.value === value ? ledger.remove(own) : void ledger.give(judgment(target, RELEVANT, 'thumbs', value))
  return (
    <div>
      <div className="flex items-center gap-1 text-note text-ink-faint">
        <IconButton size="small" label="Relevant" pressed={own?.value === 'up'} onClick={() => give('up')}>
          <ThumbsUp className="size-3.5" aria-hidden="true" />
        </IconButton>
        <IconButton size="small" label="Not relevant" pressed={own?.value === 'down'} onClick={() => give('down')}>
          <ThumbsDown className="size-3.5" aria-hidden="true" />
        </IconButton>
        {about.length === 0 && 'Relevant to the question?'}
      </div>
      {about.length > 0 && <FeedbackItems feedback={about} me={ledger.me} onRemove={ledger.remove} />}
    </div>
  )
}
