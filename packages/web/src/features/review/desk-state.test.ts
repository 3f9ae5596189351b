import type { Work } from '@plaudit/protocol'
import { expect, test } from 'vitest'
import { type DeskState, emptyDesk, withItem, withoutItem } from './desk-state.ts'
import { itemDraft } from './item-draft.ts'

const draft = itemDraft({ answers: {}, rationales: {} })
const work = (id: string) => ({ lease: { id } }) as Work
const desk = (ids: string[], at: number): DeskState => ({
  ...ids.reduce<DeskState>((state, id) => ({ ...state, ...withItem(state, work(id), draft, state.held.length) }), emptyDesk([])),
  at,
})
const view = (state: DeskState, change: Partial<DeskState>) => {
  const after = { ...state, ...change }
  return [after.held.map(({ lease }) => lease.id).join(''), after.held[after.at]?.lease.id, [...after.drafts.keys()].toSorted().join('')]
}

test('an item that was decided makes room for the next one, the last for the one before', () => {
  expect(view(desk(['a', 'b', 'c'], 1), withoutItem(desk(['a', 'b', 'c'], 1), 'b'))).toEqual(['ac', 'c', 'ac'])
  expect(view(desk(['a', 'b'], 1), withoutItem(desk(['a', 'b'], 1), 'b'))).toEqual(['a', 'a', 'a'])
  expect(view(desk(['a'], 0), withoutItem(desk(['a'], 0), 'a'))).toEqual(['', undefined, ''])
})

test('an item that goes out of hand elsewhere leaves the one in view where it is', () => {
  expect(view(desk(['a', 'b', 'c'], 1), withoutItem(desk(['a', 'b', 'c'], 1), 'a'))).toEqual(['bc', 'b', 'bc'])
  expect(view(desk(['a', 'b'], 0), withoutItem(desk(['a', 'b'], 0), 'z'))).toEqual(['ab', 'a', 'ab'])
})

test('an item that is opened again comes in view before the others', () => {
  const state = desk(['a', 'b'], 1)
  expect(view(state, withItem(state, work('x'), draft, 1))).toEqual(['axb', 'x', 'abx'])
})
