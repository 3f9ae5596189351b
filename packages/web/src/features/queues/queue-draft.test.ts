import { queueInputSchema } from '@plaudit/protocol'
import type { Queue } from '@plaudit/sdk'
import { expect, it } from 'vitest'
import { fillOf, newFillDraft, newQueueDraft, queueDraftOf, queueInputOf, queueProblems } from './queue-draft.ts'

const rubricId = '01a21366-d8be-77ed-b45c-db8d6fd24336'
const draft = { ...newQueueDraft, name: ' Weekly ', rubricId }

it('gives the settings of a queue, and reads them back', () => {
  const chosen = {
    ...draft,
    goldPercent: '10',
    isQualified: true,
    assignment: 'skill' as const,
    skill: 'law',
  }
  expect(queueProblems(chosen)).toEqual({})
  const input = queueInputSchema.parse(queueInputOf(chosen, null))
  expect(input).toMatchObject({
    name: 'Weekly',
    overlap: 2,
    guidelineId: null,
    goldRate: 0.1,
    qualification: { items: 10, passMark: 0.8 },
    assignment: { mode: 'skill', skill: 'law' },
    goldWatch: { good: 0.9, poor: 0.6 },
    rule: null,
  })
  const stored = input as unknown as Queue
  expect(queueInputSchema.parse(queueInputOf(queueDraftOf(stored), null))).toEqual(input)
})

it('says what is missing or out of range', () => {
  expect(Object.keys(queueProblems({ ...draft, name: '', rubricId: null, overlap: '0', goldPercent: '60', poorPercent: '95' }))).toEqual([
    'name',
    'rubricId',
    'overlap',
    'goldPercent',
    'poorPercent',
  ])
  expect(queueProblems({ ...draft, assignment: 'people' })).toHaveProperty('people')
})

it('fills once, keeps filling by a rule, or waits for items by hand', () => {
  const fill = { ...newFillDraft, filter: { model: 'a' } }
  expect(fillOf({ ...fill, isSampled: false }, 'comparison')).toEqual({ filter: { model: 'a' }, compare: 'promptVersion', limit: 10_000 })
  expect(fillOf(fill, 'span')).toMatchObject({ plan: { uniform: 0.1, strata: [], seed: 1 } })
  expect(fillOf({ ...fill, from: 'hand' }, 'span')).toBeNull()
  expect(queueInputOf(draft, { ...fill, from: 'rule' }).rule).toEqual({
    filter: { model: 'a' },
    plan: { uniform: 0.1, strata: [], seed: 1 },
  })
})
