import type { Criterion, Feedback } from '@plaudit/protocol'
import { Check } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { cx } from '../../ui/cx.ts'
import { Markdown } from '../../ui/markdown.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { saidText } from './said-text.ts'

export type CriterionSectionProps = {
  criterion: Criterion
  number: number
  isCurrent: boolean
  isAnswered: boolean
  /** What is wrong with the answer; shown after an attempt to submit. */
  problem: string | undefined
  rationale: string
  /** What models and other people said, where the queue shows it. */
  said: readonly Feedback[]
  onCurrent: () => void
  onRationale: (text: string) => void
  children: ReactNode
}

/** The id of a criterion's section, by which the focus finds it. */
export function sectionId(key: string): string {
  return `criterion-${key}`
}

/** One question: its title and help, the answer, a reason when the reviewer wants to give one. Can take the focus as a whole, for its keys. */
export function CriterionSection({
  criterion,
  number,
  isCurrent,
  isAnswered,
  problem,
  rationale,
  said,
  onCurrent,
  onRationale,
  children,
}: CriterionSectionProps) {
  const titleId = useId()
  const [wantsReason, setWantsReason] = useState(false)
  return (
    <section
      id={sectionId(criterion.key)}
      tabIndex={-1}
      aria-labelledby={titleId}
      onFocusCapture={onCurrent}
      className={cx('flex scroll-mt-28 flex-col gap-2 border-l-2 py-2 pl-3 outline-none', isCurrent ? 'border-accent' : 'border-line')}
    >
      <div className="flex items-start gap-2">
        <h3 id={titleId} className="min-w-0 flex-1 break-words">
          <span className="mr-1.5 font-normal text-ink-faint">{number}</span>
          {criterion.title}
          {!criterion.required && <span className="ml-1.5 text-note font-normal text-ink-faint">optional</span>}
        </h3>
        {isAnswered && (
          <span className="mt-0.5 text-accent">
            <Check className="size-4" aria-hidden="true" />
            <span className="sr-only">answered</span>
          </span>
        )}
      </div>
      {criterion.help !== '' && (
        <div className="text-ink-soft [&_.markdown]:text-body! [&_.markdown]:leading-5!">
          <Markdown text={criterion.help} />
        </div>
      )}
      {said.map((one) => (
        <p key={one.id} className="text-note break-words text-ink-faint">
          {one.author.kind === 'model' ? 'A model said' : 'Another reviewer said'}:{' '}
          <span className="text-ink-soft">{saidText(criterion, one.value)}</span>
        </p>
      ))}
      {children}
      {problem !== undefined && (
        <p role="alert" className="text-note font-medium text-bad">
          {problem}
        </p>
      )}
      {wantsReason || rationale !== '' ? (
        <TextArea
          label={`Reason for ${criterion.title}`}
          labelHidden
          placeholder="Why (optional)"
          dir="auto"
          maxLength={50_000}
          value={rationale}
          ref={(element) => {
            if (wantsReason && rationale === '') element?.focus()
          }}
          onChange={(event) => onRationale(event.target.value)}
        />
      ) : (
        criterion.type !== 'text' && (
          <button
            type="button"
            onClick={() => setWantsReason(true)}
            className="min-h-6 self-start rounded-sm text-note text-ink-faint underline-offset-4 hover:text-ink hover:underline pointer-coarse:py-2"
          >
            Add a reason<span className="sr-only"> for {criterion.title}</span>
          </button>
        )
      )}
    </section>
  )
}
