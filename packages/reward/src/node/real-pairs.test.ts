import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { trainInParallel } from './train-in-parallel.ts'
import { readPairs } from './read-pairs.ts'

// Public data sets are not part of the repository: they lie beside it, at ../shared/data.
const folder = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const harmless = `${folder}hh-harmless-test/test.jsonl.gz`
const questions = `${folder}qa-feedback/dev_feedback.json`
for (const file of [harmless, questions])
  if (!existsSync(file)) console.warn(`SKIPPED: no ${file}, so reward models are not tested on real pairs.`)

describe('reward models of real preferences', () => {
  it.skipIf(!existsSync(harmless))('beat length on hh-harmless-test, in under 20 seconds', async () => {
    const { pairs, skipped } = await readPairs(harmless)
    expect([pairs.length, skipped.length]).toEqual([2312, 0])
    const before = process.cpuUsage()
    const { card } = await trainInParallel(pairs, { workers: 2 })
    // Of all threads together, so that a busy machine does not count: 20 seconds on two processors.
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1e6).toBeLessThan(40)
    expect(card.accuracy.estimate).toBeGreaterThan(0.65)
    expect(card.lengthControlled?.estimate).toBeGreaterThan(0.632)
    expect(card.calibration.brier).toBeLessThan(0.218)
    expect(card.lengthOnly.estimate).toBeCloseTo(0.554, 2)
    expect(card.advantage.low).toBeGreaterThan(0)
    expect(card.calibration.ece).toBeLessThan(0.02)
  })

  it.skipIf(!existsSync(questions))('leave out the ties of qa-feedback and keep its questions apart', async () => {
    const { pairs } = await readPairs(questions)
    expect(pairs).toHaveLength(3000)
    const { card } = await trainInParallel(pairs)
    expect(card.removed.ties).toBe(384)
    expect(card.prompts).toBeLessThanOrEqual(500)
    expect(card.accuracy.estimate).toBeGreaterThan(0.58)
  })
})
