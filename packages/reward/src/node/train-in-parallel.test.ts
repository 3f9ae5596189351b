import { seededRandom } from '@plaudit/stats'
import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { writeRewardModel } from '../model/model-file.ts'
import type { Pair } from '../pair.ts'
import { trainRewardModel } from '../training/train.ts'
import { trainInParallel } from './train-in-parallel.ts'

const words = 'order parcel invoice refund today account please number customer street thanks sorry late early wrong right'.split(' ')

function simulatePairs(count: number): Pair[] {
  const random = seededRandom(3)
  const output = () => Array.from({ length: 4 + random.int(12) }, () => words[random.int(words.length)]!).join(' ')
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [output(), output()]
    const better = a.split('thanks').length + random.next() > b.split('thanks').length + random.next()
    return { prompt: `Question ${i >> 1}?`, chosen: better ? a : b, rejected: better ? b : a }
  })
}

const pairs = simulatePairs(120)
const options = { folds: 3, members: 3 }
const folder = mkdtempSync(join(tmpdir(), 'plaudit-training-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('trainInParallel', () => {
  const expected = writeRewardModel(trainRewardModel(pairs, options).model)

  it.each([1, 2, 3])('gives the same bits with %i workers as without any', async (workers) => {
    const steps: number[] = []
    const { model } = await trainInParallel(pairs, { ...options, workers }, ({ step, steps: all }) => steps.push(step / all))
    expect(Buffer.compare(writeRewardModel(model), expected)).toBe(0)
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    expect(steps.at(-1)).toBe(1)
  })

  it.each([1, 2])('ends on a signal, and goes on where it stopped, with %i workers', async (workers) => {
    const resumeFrom = join(folder, String(workers))
    const controller = new AbortController()
    let done = 0
    const interrupted = trainInParallel(pairs, { ...options, workers, resumeFrom, signal: controller.signal }, () => {
      done += 1
      if (done === 8) controller.abort(new Error('stopped by hand'))
    })
    await expect(interrupted).rejects.toThrow('stopped by hand')
    const [training] = readdirSync(resumeFrom)
    const kept = readdirSync(join(resumeFrom, training!)).filter((name) => !name.endsWith('.part'))
    expect(kept.length).toBeGreaterThan(3)
    // A part that was cut off is done again.
    truncateSync(join(resumeFrom, training!, kept[0]!), 3)
    const { model } = await trainInParallel(pairs, { ...options, workers, resumeFrom })
    expect(Buffer.compare(writeRewardModel(model), expected)).toBe(0)
    // Finished parts belong to this training alone.
    await trainInParallel(pairs, { ...options, workers: 1, seed: 2, resumeFrom })
    expect(readdirSync(resumeFrom)).toHaveLength(2)
  })

  it('refuses a signal that was given before', async () => {
    await expect(trainInParallel(pairs, { ...options, signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late')
  })
})
