import { type Criterion, isAsked } from '@plaudit/protocol'
import { useState } from 'react'
import type { DraftMark } from '../../ui/mark/mark-draft.ts'
import { useMarking } from '../../ui/mark/use-marking.ts'
import { fromWire, submittable, toWire } from './answer-wire.ts'
import { optionKeys } from './criterion-key.ts'
import { changed, type Filled, itemDraft, redo, undo } from './item-draft.ts'

export type AnswerFieldsOptions = {
  criteria: readonly Criterion[]
  /** The text that marks and corrections are about. */
  text: string
  outputs: number
  /** Answers and reasons to begin with. */
  kept?: Filled
}

/** Answers to criteria outside the desk: what is filled in, and how it is sent. The options are read anew, `kept` once. */
export function useAnswerFields({ criteria, text, outputs, kept = { answers: {}, rationales: {} } }: AnswerFieldsOptions) {
  const [draft, setDraft] = useState(() => itemDraft(fromWire(criteria, kept, text)))
  const { answers, rationales } = draft.now
  const asked = criteria.filter((criterion) => isAsked(criterion, answers))
  const answer = (key: string, value: unknown, typed = false) => setDraft((now) => changed(now, { answer: key, value, typed }, Date.now()))
  const rationale = (key: string, value: string) => setDraft((now) => changed(now, { rationale: key, value, typed: true }, Date.now()))
  const markCriterion = asked.find(({ type }) => type === 'mark')
  const marks = (markCriterion === undefined ? [] : (answers[markCriterion.key] ?? [])) as DraftMark[]
  const keys = markCriterion === undefined ? [] : optionKeys(markCriterion, (key) => key === '[' || key === ']')
  const marking = useMarking({
    text,
    marks,
    typeOfKey: (key) => keys.find((one) => one.keys === key)?.value as string | undefined,
    onMarks: (next, typed) => markCriterion !== undefined && answer(markCriterion.key, next, typed),
    onUndo: () => setDraft(undo),
    onRedo: () => setDraft(redo),
  })
  return {
    asked,
    answers,
    rationales,
    answer,
    rationale,
    text,
    outputs,
    marks,
    marking,
    markCriterion,
    /** What would be sent, and what is wrong with it. */
    result: () => {
      const wire = toWire(criteria, draft.now, text)
      return { ...submittable(criteria, wire.answers, outputs), rationales: wire.rationales }
    },
    /** Begins again from these answers. */
    reset: (filled: Filled) => setDraft(itemDraft(fromWire(criteria, filled, text))),
  }
}
export type AnswerFieldsState = ReturnType<typeof useAnswerFields>
