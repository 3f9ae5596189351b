import type { FeedbackKind, Target } from '@plaudit/sdk'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { ChoiceForm } from './choice-form.tsx'
import { CommentForm } from './comment-form.tsx'
import type { Criterion } from './criterion.ts'
import { FeedbackItems } from './feedback-item.tsx'
import { kinds } from './kind.ts'
import { QuickJudgment } from './quick-judgment.tsx'
import { SaveStatus } from './save-status.tsx'
import { comparisonsWith, feedbackOn, targetKey } from './target.ts'
import type { FeedbackLedger } from './use-feedback-ledger.ts'

export type PanelTarget = {
  name: string
  label: string
  target: Target
  /** The text that a correction corrects. */
  output: string | null
  /** The kinds of feedback that can be given beyond thumbs and rating. */
  kinds: readonly FeedbackKind[]
}

export type FeedbackPanelProps = {
  /** What feedback can be about; the first is the usual one. */
  targets: readonly PanelTarget[]
  current: string
  onCurrent: (name: string) => void
  /** The form that is open, here or in the page. */
  kind: FeedbackKind | null
  onKind: (kind: FeedbackKind | null) => void
  criteria: readonly Criterion[]
  ledger: FeedbackLedger
  nameOf: (spanId: string) => string
}

const formsHere: ReadonlySet<FeedbackKind> = new Set(['label', 'labels', 'flag', 'text'])
/** Thumbs and rating leave the keys to forms that use numbers themselves. They stay where they are: what one is about to press never moves. */
const formsThatTakeDigits: ReadonlySet<FeedbackKind> = new Set(['label', 'labels', 'flag', 'comparison', 'ranking'])

/** All feedback on one target, and every way to give more. Wide forms open in the page, beside the text that they are about. */
export function FeedbackPanel({ targets, current, onCurrent, kind, onKind, criteria, ledger, nameOf }: FeedbackPanelProps) {
  const chosen = targets.find(({ name }) => name === current) ?? targets[0]
  const offered = chosen?.kinds ?? []
  useHotkeys([
    ...offered.flatMap((one) => {
      const { key, label } = kinds[one]
      return key === null ? [] : [{ keys: key, label, group: 'Judge', run: () => onKind(one) }]
    }),
    {
      keys: 'mod+z',
      label: 'Undo what was saved last',
      group: 'Judge',
      run: () => ledger.status.state === 'saved' && ledger.status.undo?.(),
    },
  ])
  if (chosen === undefined) return null
  const about = feedbackOn(ledger.feedback, chosen.target)
  const compared = chosen.target.kind === 'span' ? comparisonsWith(ledger.feedback, chosen.target.spanId) : []
  const form = { target: chosen.target, criteria, ledger, onDone: () => onKind(null) }
  const key = targetKey(chosen.target)
  return (
    <section aria-label="Feedback" className="flex flex-col gap-4 px-4 py-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2>Feedback</h2>
        {targets.length > 1 && (
          <Segmented
            label="What the feedback is about"
            segments={targets.map(({ name, label }) => ({ value: name, label }))}
            value={chosen.name}
            onChange={onCurrent}
          />
        )}
      </div>
      <QuickJudgment
        key={key}
        target={chosen.target}
        criteria={criteria}
        ledger={ledger}
        hasKeys={kind === null || !formsThatTakeDigits.has(kind)}
      />
      <fieldset aria-label="More kinds of feedback" className="flex flex-wrap gap-1">
        {offered.map((one) => (
          <Button
            key={one}
            size="small"
            aria-pressed={kind === one}
            variant={kind === one ? 'primary' : 'secondary'}
            shortcut={kinds[one].key ?? undefined}
            onClick={() => onKind(kind === one ? null : one)}
          >
            {kinds[one].label}
          </Button>
        ))}
      </fieldset>
      {kind !== null && formsHere.has(kind) && (
        <div className="border-y border-line py-3">
          {kind === 'text' ? (
            <CommentForm key={key} {...form} />
          ) : kind === 'label' || kind === 'labels' || kind === 'flag' ? (
            <ChoiceForm key={`${key} ${kind}`} kind={kind} {...form} />
          ) : null}
        </div>
      )}
      <SaveStatus status={ledger.status} />
      <FeedbackGroup title={`${about.length === 0 ? 'Nothing yet' : about.length} on this ${nouns[chosen.target.kind]}`}>
        <FeedbackItems feedback={about} me={ledger.me} output={chosen.output} nameOf={nameOf} onRemove={ledger.remove} />
      </FeedbackGroup>
      {compared.length > 0 && (
        <FeedbackGroup title={`${compared.length} comparing its output`}>
          <FeedbackItems feedback={compared} me={ledger.me} nameOf={nameOf} onRemove={ledger.remove} />
        </FeedbackGroup>
      )}
    </section>
  )
}

const nouns = { span: 'span', trace: 'trace', session: 'session', document: 'document', comparison: 'comparison' } as const

function FeedbackGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="text-note text-ink-faint">{title}</h3>
      {children}
    </div>
  )
}
