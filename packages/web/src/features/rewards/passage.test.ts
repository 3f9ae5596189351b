import { expect, it } from 'vitest'
import { passagesOf, traitName } from './passage.ts'

it('cuts the output where parts begin and end, in code points, and keeps all of it', () => {
  const output = '🙂 Good. Bad. Rest'
  const parts = [
    { start: 8, end: 13, text: 'Bad. ', contribution: -0.5 },
    { start: 2, end: 8, text: 'Good. ', contribution: 0.25 },
  ]
  const passages = passagesOf(output, parts)
  expect(passages).toEqual([
    { text: '🙂 ', contribution: 0 },
    { text: 'Good. ', contribution: 0.25 },
    { text: 'Bad. ', contribution: -0.5 },
    { text: 'Rest', contribution: 0 },
  ])
  expect(passages.map(({ text }) => text).join('')).toBe(output)
  expect(passagesOf('x', [])).toEqual([{ text: 'x', contribution: 0 }])
})

it('says traits in words', () => {
  expect(traitName('refusalOpens')).toBe('refusal opens')
})
