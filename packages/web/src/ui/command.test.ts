import { expect, it } from 'vitest'
import { rankCommands } from './command.ts'

const commands = [
  { label: 'Traces', group: 'Collect' },
  { label: 'Sign out', group: 'Account', keywords: 'log off' },
  { label: 'Retrace a step', group: 'Help' },
]
const found = (text: string) => rankCommands(commands, text).map(({ label }) => label)

it('keeps the order while nothing is typed', () => {
  expect(found(' ')).toEqual(['Traces', 'Sign out', 'Retrace a step'])
})

it('puts a label that begins with the word first, then words, then parts of words', () => {
  expect(found('trace')).toEqual(['Traces', 'Retrace a step'])
  expect(found('S')).toEqual(['Sign out', 'Retrace a step', 'Traces'])
})

it('needs every word, in the label, the keywords or the group', () => {
  expect(found('log account')).toEqual(['Sign out'])
  expect(found('trace account')).toEqual([])
})
