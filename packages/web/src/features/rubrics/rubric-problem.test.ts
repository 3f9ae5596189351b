import { criteriaSchema, type CriterionInput } from '@plaudit/protocol'
import { describe, expect, it } from 'vitest'
import { conditionAnswers, criterionOf, draftOf, keyFrom, newCriterion, newOption, withType } from './criterion-draft.ts'
import { problemsOf } from './rubric-problem.ts'

const every: CriterionInput[] = [
  { type: 'binary', key: 'safe', title: 'Safe?', higherIsBetter: false, no: { label: 'Never', hotkey: 'n' }, yes: { label: 'Always' } },
  {
    type: 'ordinal',
    key: 'helpful',
    title: 'Helpful?',
    points: [
      { value: -1, label: 'No', description: 'Must write again', example: 'Ask someone else.' },
      { value: 3, label: 'Yes', hotkey: 'y' },
    ],
  },
  { type: 'numeric', key: 'minutes', title: 'Minutes', min: 0, max: 10.5, step: 0.5, unit: 'min' },
  {
    type: 'categorical',
    key: 'topic',
    title: 'Topic',
    help: 'The main one.',
    options: [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ],
    when: { criterion: 'helpful', in: [-1] },
  },
  { type: 'multi_label', key: 'faults', title: 'Faults', required: false, max: 2, options: [{ value: 'rude', label: 'Rude' }] },
  { type: 'text', key: 'why', title: 'Why', maxLength: 200, when: { criterion: 'faults', in: ['rude'] } },
  { type: 'correction', key: 'better', title: 'Better', reasons: [{ value: 'tone', label: 'Tone' }] },
  {
    type: 'mark',
    key: 'errors',
    title: 'Errors',
    types: [{ value: 'wrong', label: 'Wrong' }],
    severities: [{ value: 'big', label: 'Big' }],
  },
  { type: 'comparison', key: 'which', title: 'Which?', strength: 5, allowTie: false },
  { type: 'ranking', key: 'order', title: 'Order', allowTies: false },
]

describe('drafts', () => {
  it('give back every type of criterion as it was', () => {
    const stored = criteriaSchema.parse(every)
    expect(criteriaSchema.parse(stored.map(draftOf).map(criterionOf))).toEqual(stored)
    expect(problemsOf(stored.slice(0, 8).map(draftOf))).toEqual([])
    expect(problemsOf(stored.slice(8).map(draftOf))).toEqual([])
  })

  it('make the key from the title, in Latin letters and not beginning with a figure', () => {
    expect(keyFrom('How helpful is the reply?')).toBe('how_helpful_is_the_reply')
    expect(keyFrom('2nd Überprüfung!')).toBe('nd_uberprufung')
    expect(keyFrom('有用性')).toBe('')
  })

  it('keep the options when the type changes, with numbers for a scale', () => {
    const labels = { ...newCriterion('categorical'), title: 'Tone', options: ['Cold', 'Warm'].map((label) => newOption({ label })) }
    const scale = withType(labels, 'ordinal')
    expect(scale.options.map(({ label, value }) => [label, value])).toEqual([
      ['Cold', '1'],
      ['Warm', '2'],
    ])
    expect(problemsOf([scale])).toEqual([])
  })
})

describe('problems', () => {
  const [helpful] = criteriaSchema.parse([every[1]]).map(draftOf)
  if (helpful === undefined) throw new Error('no criterion')
  const [low, high] = helpful.options
  if (low === undefined || high === undefined) throw new Error('no options')
  const withKeys = (one: string, two: string) => ({
    ...helpful,
    options: [
      { ...low, hotkey: one },
      { ...high, hotkey: two },
    ],
  })
  const messages = (one: string, two: string) => problemsOf([withKeys(one, two)]).map(({ message }) => message)

  it('refuse keys that collide, and say with what', () => {
    expect(messages('j', 'j')).toContain('The key J is taken by “Yes”; choose another.')
    expect(messages('', 'g')).toEqual(['The key G belongs to the reviewer’s screen; choose another.'])
    // The scale has a negative number, so digits go by place.
    expect(messages('x', '1')).toEqual(['The key 1 chooses “No” already; choose another.'])
    expect(messages('', '2')).toEqual([])
    expect(messages('x', '3')).toEqual([])
  })

  it('stand beside the field that mends them', () => {
    const copy = { ...helpful, id: 'copy' }
    expect(problemsOf([helpful, copy])).toEqual([
      { criterionId: 'copy', field: 'key', message: '“Helpful?” is stored under helpful already; choose another name.' },
    ])
    const orphan = { ...newCriterion('text'), title: 'Why', when: { criterion: 'gone', answers: ['1'] } }
    expect(problemsOf([helpful, orphan])).toMatchObject([{ criterionId: orphan.id, field: 'when' }])
    expect(problemsOf([{ ...newCriterion('numeric'), title: 'N', min: '5', max: '2' }])).toMatchObject([{ field: 'max' }])
    expect(problemsOf([{ ...newCriterion('numeric'), title: 'N', min: 'five' }])).toMatchObject([{ field: 'min' }])
  })

  it('keep questions about one output and comparisons apart; text goes with both', () => {
    const compare = { ...newCriterion('comparison'), title: 'Better?' }
    const why = { ...newCriterion('text'), title: 'Why' }
    expect(problemsOf([compare, why])).toEqual([])
    expect(problemsOf([helpful, why, compare])).toMatchObject([
      { criterionId: compare.id, field: 'type', message: expect.stringContaining('rubric of its own') },
    ])
  })

  it('offer only answers that the earlier question has', () => {
    expect(conditionAnswers(helpful)).toEqual([
      { json: '-1', label: 'No' },
      { json: '3', label: 'Yes' },
    ])
  })
})
