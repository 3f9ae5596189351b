import { type Criterion, criterionSchema, type Mark } from '@plaudit/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePointLength, codePointSlice } from '../../ui/mark/code-point.ts'
import { locateMark } from '../../ui/mark/mark-anchor.ts'
import { type DraftMark, markDraft, withMark } from '../../ui/mark/mark-draft.ts'
import { snapToCharacters } from '../../ui/mark/text-boundary.ts'
import { trickyText } from '../../ui/test/tricky-text.ts'
import { fromWire, lostMarks, submittable, toWire } from './answer-wire.ts'

const criteria: Criterion[] = [
  criterionSchema.parse({ type: 'mark', key: 'errors', title: 'Errors', types: [{ value: 'bad', label: 'Bad' }] }),
  criterionSchema.parse({ type: 'text', key: 'why', title: 'Why', required: false }),
  criterionSchema.parse({ type: 'ranking', key: 'rank', title: 'Rank', required: false }),
]

/** Marks made one after the other on a text, wherever two numbers fall on it. */
const marksOn = (text: string, places: [number, number][]): DraftMark[] =>
  places
    .map(([a, b]) => snapToCharacters(text, { start: Math.min(a, b, text.length), end: Math.min(Math.max(a, b), text.length) }))
    .reduce((draft, range, index) => withMark(draft, { ...range, key: `m${index}`, type: 'bad', severity: '', note: '' }), markDraft())
    .marks

const places = fc.array(fc.tuple(fc.nat(90), fc.nat(90)), { maxLength: 6 })

test('marks are sent in code points with what they quote, and come back where they were, whatever the text', () => {
  fc.assert(
    fc.property(trickyText, places, (text, given) => {
      const marks = marksOn(text, given)
      const wire = toWire(criteria, { answers: { errors: marks }, rationales: {} }, text)
      for (const mark of wire.answers['errors'] as Mark[]) {
        expect(mark.end).toBeLessThanOrEqual(codePointLength(text))
        expect(codePointSlice(text, mark.start, mark.end)).toBe(mark.quote)
      }
      expect(submittable(criteria, wire.answers, 1).problems).toEqual([])
      const back = fromWire(criteria, wire, text).answers['errors'] as DraftMark[]
      expect(back.map(({ start, end, type }) => ({ start, end, type }))).toEqual(
        marks.map(({ start, end, type }) => ({ start, end, type })),
      )
    }),
  )
})

test('after an edit of the text a mark either still quotes what it marked or is refused, and one behind the edit is never drawn on other words', () => {
  fc.assert(
    fc.property(trickyText, places, fc.nat(60), fc.nat(10), trickyText, (text, given, at, removed, inserted) => {
      const edited = text.slice(0, at) + inserted + text.slice(at + removed)
      const wire = toWire(criteria, { answers: { errors: marksOn(text, given) }, rationales: {} }, text)
      for (const mark of wire.answers['errors'] as Mark[]) {
        const { range } = locateMark(edited, mark)
        if (range === null) continue
        expect(edited.slice(range.start, range.end)).toBe(mark.quote)
        expect(edited.slice(0, range.start).endsWith(mark.before ?? '')).toBe(true)
        expect(edited.slice(range.end).startsWith(mark.after ?? '')).toBe(true)
      }
    }),
  )
})

test('empty texts and reasons are not sent, and half a ranking is not submitted', () => {
  const wire = toWire(criteria, { answers: { why: '  ', rank: { ranks: [1, null] } }, rationales: { why: ' ', errors: ' No. ' } }, 'text')
  expect(wire).toEqual({ answers: { rank: { ranks: [1, null] } }, rationales: { errors: 'No.' } })
  expect(submittable(criteria, { errors: [], rank: { ranks: [1, null] } }, 2).answers).toEqual({ errors: [] })
  expect(submittable(criteria, { errors: [], rank: { ranks: [3, 1] } }, 2).answers).toEqual({ errors: [], rank: { ranks: [2, 1] } })
})

test('marks that were made on another text are counted, not drawn', () => {
  const kept = toWire(
    criteria,
    {
      answers: {
        errors: marksOn('pay the fee now', [
          [0, 3],
          [8, 11],
        ]),
      },
      rationales: {},
    },
    'pay the fee now',
  )
  expect(lostMarks(criteria, kept, 'pay the fee now')).toBe(0)
  expect(lostMarks(criteria, kept, 'pay a fee now')).toBe(2)
  expect(fromWire(criteria, kept, 'pay a fee now').answers).toEqual({ errors: [] })
})
