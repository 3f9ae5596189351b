import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draftOf, markDraft, marksOf, movedEdge, redo, undo, withChange, withMark, withoutMark } from './mark-draft.ts'
import { trickyText } from '../test/tricky-text.ts'
import { snapToCharacters } from './text-boundary.ts'

const mark = (key: string, start: number, end: number) => ({ key, start, end, type: 'inaccurate', severity: '', note: '' })

test('marks may overlap, and removing one leaves the others as they are', () => {
  const draft = withMark(withMark(markDraft(), mark('a', 0, 8)), mark('b', 4, 12))
  expect(withoutMark(draft, 'a').marks).toEqual([mark('b', 4, 12)])
})

test('undo and redo walk through every state', () => {
  const first = withMark(markDraft(), mark('a', 0, 8))
  const second = withChange(first, 'a', { severity: 'major' })
  expect(undo(second).marks).toEqual(first.marks)
  expect(redo(undo(second)).marks).toEqual(second.marks)
  expect(undo(undo(undo(second))).marks).toEqual([])
  expect(redo(second)).toBe(second)
})

test('edges move by word or character and never cross', () => {
  const text = 'pay the late fee'
  expect(movedEdge(text, { start: 4, end: 7 }, 'end', 1, 'word')).toEqual({ start: 4, end: 12 })
  expect(movedEdge(text, { start: 4, end: 7 }, 'end', -1, 'character')).toEqual({ start: 4, end: 6 })
  expect(movedEdge(text, { start: 4, end: 7 }, 'start', -1, 'word')).toEqual({ start: 0, end: 7 })
  expect(movedEdge(text, { start: 4, end: 7 }, 'end', -1, 'word')).toEqual({ start: 4, end: 4 })
})

test('what is sent can be taken up again, whatever the text', () => {
  fc.assert(
    fc.property(trickyText, fc.array(fc.tuple(fc.nat(90), fc.nat(90)), { maxLength: 6 }), (text, places) => {
      const marks = places.map(([a, b], index) => {
        const range = snapToCharacters(text, { start: Math.min(a, b, text.length), end: Math.min(Math.max(a, b), text.length) })
        return { ...mark(`m${index}`, 0, 0), ...range }
      })
      const draft = marks.reduce(withMark, markDraft())
      const again = draftOf(text, marksOf(text, draft))
      expect(again.marks.map(({ start, end }) => ({ start, end }))).toEqual(draft.marks.map(({ start, end }) => ({ start, end })))
    }),
  )
})
