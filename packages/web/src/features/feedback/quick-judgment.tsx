import type { Target } from '@plaudit/sdk'
import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { useState } from 'react'
import { AnswerButton } from '../../ui/answer-button.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { CriterionField } from './criterion-field.tsx'
import { type Criterion, ratingScale } from './criterion.ts'
import { criterionChoice, judgment } from './judgment-form.ts'
import { feedbackOn } from './target.ts'
import type { FeedbackLedger } from './use-feedback-ledger.ts'

export type QuickJudgmentProps = {
  target: Target
  criteria: readonly Criterion[]
  ledger: FeedbackLedger
  /** False while a form has the number keys for itself. */
  hasKeys: boolean
}

/** Thumbs and rating: one press each, saved at once. The own answer stays pressed; the same press again takes it back. */
export function QuickJudgment({ target, criteria, ledger, hasKeys }: QuickJudgmentProps) {
  const thumbs = criterionChoice(criteria, 'thumbs')
  const ratings = criterionChoice(criteria, 'rating')
  const [thumbsName, setThumbsName] = useState<string | null>(null)
  const [ratingName, setRatingName] = useState<string | null>(null)
  const thumbsCriterion = thumbsName ?? thumbs.first
  const ratingCriterion = ratingName ?? ratings.first
  const scale = ratingScale(ratings.offered.find(({ name }) => name === ratingCriterion))
  const mine = feedbackOn(ledger.feedback, target).filter(({ author }) => author.kind === 'human' && author.id === ledger.me)
  const own = (criterion: string, kind: 'thumbs' | 'rating') => mine.find((one) => one.criterion === criterion && one.kind === kind)

  const answer = (kind: 'thumbs' | 'rating', criterion: string, value: string | number) => {
    if (criterion.trim() === '') return
    const before = own(criterion, kind)
    if (before?.value === value) ledger.remove(before)
    else void ledger.give(judgment(target, criterion, kind, value, before?.rationale))
  }
  const hotkeys = [
    { keys: 'y', label: 'Thumb up', group: 'Judge', run: () => answer('thumbs', thumbsCriterion, 'up') },
    { keys: 'n', label: 'Thumb down', group: 'Judge', run: () => answer('thumbs', thumbsCriterion, 'down') },
    ...scale
      .filter((value) => value >= 0 && value <= 9)
      .map((value) => ({
        keys: String(value),
        label: `Rate ${value}`,
        group: 'Judge',
        run: () => answer('rating', ratingCriterion, value),
      })),
  ]
  useHotkeys(hasKeys ? hotkeys : [])
  const shortcut = (key: string) => (hasKeys ? { shortcut: key } : {})
  const thumb = own(thumbsCriterion, 'thumbs')?.value
  const rating = own(ratingCriterion, 'rating')?.value
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-end gap-2">
        <CriterionField label="Thumbs on" criteria={thumbs.offered} value={thumbsCriterion} onChange={setThumbsName} />
        <fieldset aria-label={`Thumbs on ${thumbsCriterion}`} className="flex gap-1">
          <AnswerButton label="Thumb up" {...shortcut('y')} isOn={thumb === 'up'} onClick={() => answer('thumbs', thumbsCriterion, 'up')}>
            <ThumbsUp className="size-4" aria-hidden="true" />
          </AnswerButton>
          <AnswerButton
            label="Thumb down"
            {...shortcut('n')}
            isOn={thumb === 'down'}
            onClick={() => answer('thumbs', thumbsCriterion, 'down')}
          >
            <ThumbsDown className="size-4" aria-hidden="true" />
          </AnswerButton>
        </fieldset>
      </div>
      <div className="flex flex-col gap-1.5">
        <CriterionField label="Rating of" criteria={ratings.offered} value={ratingCriterion} onChange={setRatingName} />
        <fieldset aria-label={`Rating of ${ratingCriterion}`} className="flex flex-wrap gap-1">
          {scale.map((value) => (
            <AnswerButton
              key={value}
              label={`Rate ${value}`}
              isOn={rating === value}
              onClick={() => answer('rating', ratingCriterion, value)}
              className="flex-1"
            >
              {value}
            </AnswerButton>
          ))}
        </fieldset>
        <p className="flex justify-between text-note text-ink-faint" aria-hidden="true">
          <span>worst</span>
          <span>best</span>
        </p>
      </div>
    </div>
  )
}
