import type { ReactNode } from 'react'
import { comparisonSentence } from './compare-variants.ts'
import { clearestComparison, type LoopState, type NextStep, nextStep } from './loop.ts'

/** The one thing to do next, with the reason for it. */
export function NextStepPanel({ state, action }: { state: LoopState; action: (step: NextStep) => ReactNode }) {
  const step = nextStep(state)
  const clear = clearestComparison(state.overview)
  const why = step.kind === 'decide' && clear !== null ? comparisonSentence(clear.criterion, clear.comparison) : step.why
  return (
    <div className="flex flex-col items-center gap-1 text-center max-lg:items-start max-lg:text-left">
      <p className="text-note font-medium text-ink-faint">Next</p>
      <h2 className="text-title font-semibold tracking-tight">{step.title}</h2>
      <p className="mb-3 max-w-md text-ink-soft">{why}</p>
      {action(step)}
    </div>
  )
}
