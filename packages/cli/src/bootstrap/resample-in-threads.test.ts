import { countTable, encodeRatings, fleissKappa, krippendorffAlpha, seededRandom } from '@plaudit/stats'
import { expect, test } from 'vitest'
import { resampleInThreads } from './resample-in-threads.ts'

const random = seededRandom(6)
const ratings = encodeRatings(
  Array.from({ length: 600 }, (_, k) => ({ item: k % 200, rater: Math.floor(k / 200), value: (k % 5) + random.int(3) })),
)

test('threads give the bits that one thread gives', async () => {
  const input = { ratings, level: 'ordinal' as const }
  const options = { resamples: 150, seed: 4 }
  const [alone, together] = [
    await resampleInThreads('alpha', input, { ...options, threads: 1 }),
    await resampleInThreads('alpha', input, { ...options, threads: 3, aloneMs: 0 }),
  ]
  expect(new Set(alone).size).toBeGreaterThan(100)
  expect(together).toEqual(alone)
  const alpha = krippendorffAlpha(ratings, { level: 'ordinal', ...options })
  expect(krippendorffAlpha(ratings, { level: 'ordinal', ...options, values: together })).toEqual(alpha)
})

test('another statistic, with the default number of resamples', async () => {
  const values = await resampleInThreads('fleiss', { ratings }, { aloneMs: 0, threads: 2 })
  const counts = countTable(ratings)
  expect(fleissKappa(counts, { values })).toEqual(fleissKappa(counts, { resamples: 1000 }))
})
