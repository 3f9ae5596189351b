import { describe, expect, it } from 'vitest'
import type { Pair } from '../pair.ts'
import { webAssembly } from '../solver/web-assembly.ts'
import { type Job, runJob } from './job.ts'
import { arenaOf, shareSet } from './shared-set.ts'
import { type TrainingSet, trainingSet } from './training-set.ts'

const pairs: Pair[] = Array.from({ length: 300 }, (_, i) => ({
  prompt: `Question ${i}?`,
  chosen: `thanks for the order ${i % 7} of parcel ${i}`,
  rejected: `no idea ${i % 11}`,
}))
const set = trainingSet(pairs, [], [], { characters: false, embedding: null })
const pages = set.observations.memory.buffer.byteLength / 65_536
const job: Job = { task: 'fit', choice: { penalty: 1, temperature: 1, lengthBoost: 0, tried: [] }, seed: 1, member: 1 }

/** The set in a memory that cannot grow beyond so many pages. */
function within(maximum: number): TrainingSet {
  const { memory } = set.observations
  const small = new webAssembly!.Memory({ initial: pages, maximum, shared: true })
  new Uint8Array(small.buffer).set(new Uint8Array(memory.buffer, 0, small.buffer.byteLength))
  return { ...set, observations: { ...set.observations, memory: small } }
}

describe('shareSet', () => {
  const { parts } = shareSet(set, 3)
  const space = (parts[0]!.to - parts[0]!.from) / 65_536

  it('gives each thread a part of its own behind the words, and copies no words', () => {
    expect(parts).toHaveLength(3)
    expect(parts[0]!.from).toBe(set.observations.end)
    parts.slice(1).forEach((part, i) => expect(part!.from).toBe(parts[i]!.to))
    const shared = shareSet(set, 2).set.observations
    expect(shared.matrix.column.byteOffset).toBe(set.observations.matrix.column.byteOffset)
    expect(shared.traits).toBe(set.observations.traits)
  })

  it('takes fewer threads where there is no room for all', () => {
    expect(shareSet(within(pages + 2 * space), 8).parts.length).toBeLessThan(8)
    expect(shareSet(within(pages + 2 * space), 8).parts.length).toBeGreaterThan(1)
  })

  it('gives the same bits wherever the work is done', () => {
    const results = [shareSet(set, 1), shareSet(within(pages + 2 * space), 8), shareSet(within(pages), 1)].map((shared) =>
      runJob(shared.set, job, arenaOf(shared.set, shared.parts.at(-1)!)),
    )
    expect(results[1]).toEqual(results[0])
    expect(results[2]).toEqual(results[0])
  })

  it('leaves the room of a thread as it was', () => {
    const shared = shareSet(set, 1)
    const arena = arenaOf(shared.set, shared.parts[0]!)!
    const before = arena.mark
    const first = runJob(shared.set, job, arena)
    expect(arena.mark).toBe(before)
    expect(runJob(shared.set, job, arena)).toEqual(first)
  })
})
