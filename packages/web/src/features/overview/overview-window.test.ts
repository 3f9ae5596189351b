import { expect, it } from 'vitest'
import { overviewRange, parseOverviewSearch } from './overview-window.ts'

it('reads what it knows and leaves out the rest', () => {
  expect(parseOverviewSearch({ window: '7d', prompt: 'support', environment: '', extra: 1 })).toEqual({ window: '7d', prompt: 'support' })
  expect(parseOverviewSearch({ window: 'century', prompt: 5 })).toEqual({})
})

it('is 30 days long by default and ends on a full minute that is not past', () => {
  const { from, to } = overviewRange(undefined, Date.parse('2026-03-10T12:00:30Z'))
  expect(to).toBe('2026-03-10T12:01:00.000Z')
  expect(from).toBe('2026-02-08T12:01:00.000Z')
})
