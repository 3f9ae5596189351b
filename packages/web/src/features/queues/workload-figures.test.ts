import type { Workload } from '@plaudit/sdk'
import { expect, it } from 'vitest'
import { paceSentence } from './workload-figures.tsx'

const progress = { items: 10, done: 2, open: 8, leased: 0, needsLead: 0, judgments: 4, judgmentsNeeded: 20 }
const days = [1, 3].map((judgments, at) => ({ day: `2026-05-0${at + 1}`, judgments, people: 1, activeMs: 1_000 }))
const left = (part: Partial<Workload['daysLeft']>): Workload['daysLeft'] => ({
  estimate: null,
  low: null,
  high: null,
  n: 2,
  clusters: 2,
  method: '',
  reason: null,
  ...part,
})

it('says when a queue will be done, with the interval, or why that cannot be said', () => {
  expect(paceSentence({ days, progress, daysLeft: left({ estimate: 8.2, low: 4.6, high: 15 }) })).toBe(
    '4 judgments in 2 days. If it goes on like this, the rest is done in about 8 days, likely 5 to 15.',
  )
  expect(paceSentence({ days, progress, daysLeft: left({ reason: 'There are too few observations.' }) })).toBe(
    '4 judgments in 2 days. When the rest will be done cannot be said yet: there are too few observations.',
  )
  expect(paceSentence({ days, progress: { ...progress, judgments: 20 }, daysLeft: left({}) })).toMatch(/Nothing is left to judge/)
})
