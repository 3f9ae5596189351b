import { expect, test } from 'vitest'
import { type Change, changed, itemDraft, redo, undo } from './item-draft.ts'

const empty = itemDraft({ answers: {}, rationales: {} })

test('every answer is a step of its own, and undo walks back through all of them', () => {
  const draft = changed(changed(empty, { answer: 'tone', value: 3 }, 0), { answer: 'polite', value: true }, 10)
  expect(undo(draft).now.answers).toEqual({ tone: 3 })
  expect(undo(undo(undo(draft))).now.answers).toEqual({})
  expect(redo(undo(draft)).now).toEqual(draft.now)
})

test('letters typed one after the other are one step, in another field or after a pause another', () => {
  const type = (field: string, value: string, at: number) => [{ answer: field, value, typed: true } satisfies Change, at] as const
  const steps = [
    type('why', 'n', 0),
    type('why', 'no', 300),
    type('why', 'no!', 1_600),
    type('more', 'x', 1_700),
    type('why', 'no!?', 1_800),
  ]
  const draft = steps.reduce((before, [change, at]) => changed(before, change, at), empty)
  expect(draft.past.map(({ answers }) => answers)).toEqual([{}, { why: 'no' }, { why: 'no!' }, { why: 'no!', more: 'x' }])
})

test('a change after undo forgets what was undone, and an answer taken back is none', () => {
  const draft = changed(undo(changed(empty, { answer: 'tone', value: 3 }, 0)), { rationale: 'tone', value: 'Curt.' }, 5)
  expect(redo(draft)).toBe(draft)
  expect(changed(changed(empty, { answer: 'tone', value: 3 }, 0), { answer: 'tone', value: undefined }, 9).now.answers).toEqual({})
})
