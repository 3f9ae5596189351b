import type { SpanRef } from '@plaudit/protocol'
import type { Generation } from './content-store.ts'

/**
 * Pairs of outputs for the same input: across prompt versions or models (one output of each, the first), or the samples of one call (the
 * generations of one trace with the same input). Every pair of a group comes once.
 */
export function comparisonsOf(generations: readonly Generation[], across: 'promptVersion' | 'model' | 'samples'): SpanRef[][] {
  const groups = Map.groupBy(generations, ({ inputKey, ref }) => (across === 'samples' ? `${ref.traceId} ${inputKey}` : inputKey))
  return [...groups.values()].flatMap((group) => pairsOf(across === 'samples' ? group : firstOfEach(group, across)))
}

function firstOfEach(group: readonly Generation[], across: 'promptVersion' | 'model'): Generation[] {
  const first = new Map<string, Generation>()
  for (const generation of group) if (!first.has(generation[across])) first.set(generation[across], generation)
  return [...first.values()]
}

function pairsOf(group: readonly Generation[]): SpanRef[][] {
  return group.flatMap((left, index) => group.slice(index + 1).map((right) => [left.ref, right.ref]))
}
