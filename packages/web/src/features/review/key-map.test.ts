import { expect, test } from 'vitest'
import { type DeskAction, deskActions, keysOf, type OwnKeys, readOwnKeys, remapped } from './key-map.ts'

test('no two actions share a key', () => {
  const keys = (Object.keys(deskActions) as DeskAction[]).map((action) => keysOf(action, {}))
  expect(new Set(keys).size).toBe(keys.length)
})

test('a key moves to an action when it is free', () => {
  expect(remapped({}, 'skip', 's')).toEqual({ skip: 's' })
  expect(remapped({ skip: 's' }, 'skip', 'space')).toEqual({})
  expect(remapped({ write: 'w' }, 'submit', 'enter')).toEqual({ write: 'w', submit: 'enter' })
})

test.each([
  ['skip', 'g', /taken by “Guideline”/],
  ['submit', 'enter', /taken by “Write/],
  ['skip', '3', /belongs to the options/],
  ['skip', 'a', /belongs to comparisons/],
  ['skip', '?', /belongs to the sheet/],
] as const)('%s cannot have %s', (action, key, reason) => {
  expect(remapped({}, action, key)).toMatch(reason)
})

test('what was kept is taken up as far as it is possible', () => {
  expect(readOwnKeys({ skip: 's', gone: 'z', next: 's', previous: 7 })).toEqual({ skip: 's' } satisfies OwnKeys)
  expect(readOwnKeys('no object')).toEqual({})
})
