import { describe, expect, test } from 'vitest'
import { checkAnswers } from './answer.ts'
import { criteriaSchema, type CriterionInput } from './criterion.ts'
import { describeIssues } from './error.ts'

const option = (value: string, hotkey?: string) => ({ value, label: value, ...(hotkey === undefined ? {} : { hotkey }) })
const helpful: CriterionInput = {
  type: 'ordinal',
  key: 'helpful',
  title: 'Helpful',
  points: [1, 2, 3].map((value) => ({ value, label: String(value) })),
}
const refusal = (criteria: unknown) => {
  const parsed = criteriaSchema.safeParse(criteria)
  if (parsed.success) throw new Error('was accepted')
  return describeIssues(parsed.error)
}

describe('criteria are refused with a sentence', () => {
  test.each<[string, CriterionInput[], RegExp]>([
    ['a key twice', [helpful, helpful], /helpful is used twice/],
    ['a condition on a later question', [{ ...helpful, when: { criterion: 'later', in: [1] } }], /later is not an earlier criterion/],
    [
      'a condition that cannot hold',
      [helpful, { type: 'text', key: 'why', title: 'Why', when: { criterion: 'helpful', in: [7] } }],
      /helpful has no answer 7/,
    ],
    ['a hotkey twice', [{ type: 'categorical', key: 'c', title: 'C', options: [option('x', 'k'), option('y', 'K')] }], /share the key k/],
    [
      'a hotkey of the screen',
      [{ type: 'categorical', key: 'c', title: 'C', options: [option('x', 'g'), option('y')] }],
      /screen itself uses/,
    ],
    ['a value twice', [{ type: 'categorical', key: 'c', title: 'C', options: [option('x'), option('x')] }], /share the value x/],
    ['an empty range', [{ type: 'numeric', key: 'n', title: 'N', min: 3, max: 3 }], /above min/],
  ])('%s', (_name, criteria, sentence) => expect(refusal(criteria)).toMatch(sentence))
})

describe('a judgment is checked against its rubric', () => {
  const criteria = criteriaSchema.parse([
    helpful,
    { type: 'text', key: 'why', title: 'Why', when: { criterion: 'helpful', in: [1] } },
    { type: 'multi_label', key: 'topics', title: 'Topics', required: false, max: 1, options: [option('a'), option('b')] },
    { type: 'numeric', key: 'share', title: 'Share', required: false, min: 0, max: 1, step: 0.1 },
    { type: 'comparison', key: 'better', title: 'Better', required: false, allowTie: false },
    { type: 'ranking', key: 'order', title: 'Order', required: false, allowTies: false },
  ])
  const messages = (answers: Record<string, unknown>) => checkAnswers(criteria, answers, 2).problems.map(({ message }) => message)

  test('what is asked and required must be answered', () => {
    expect(messages({})).toEqual(['Helpful has no answer yet.'])
    expect(messages({ helpful: 1 })).toEqual(['Why has no answer yet.'])
    expect(messages({ helpful: 3 })).toEqual([])
  })

  test('an answer to a question that is not asked is dropped', () => {
    expect(checkAnswers(criteria, { helpful: 3, why: 'left over' }, 2)).toEqual({ answers: { helpful: 3 }, problems: [] })
  })

  test.each<[Record<string, unknown>, RegExp]>([
    [{ helpful: 4 }, /Helpful must be one of 1, 2, 3/],
    [{ helpful: 3, topics: ['a', 'b'] }, /Topics/],
    [{ helpful: 3, topics: ['z'] }, /Topics must be one of a, b/],
    [{ helpful: 3, share: 0.25 }, /Share must go in steps of 0.1/],
    [{ helpful: 3, share: 2 }, /Share must be from 0 to 1/],
    [{ helpful: 3, better: { outcome: 'tie' } }, /Better is not offered/],
    [{ helpful: 3, order: { ranks: [1, 1] } }, /Order must not have ties/],
    [{ helpful: 3, order: { ranks: [1, 2, 3] } }, /Order must rank 2 outputs/],
    [{ helpful: 3, other: 1 }, /no criterion other/],
  ])('%j', (answers, sentence) => expect(messages(answers).join(' ')).toMatch(sentence))

  test('steps of a tenth are met by every tenth', () => {
    for (let k = 0; k <= 10; k += 1) expect(messages({ helpful: 3, share: k / 10 })).toEqual([])
  })
})
