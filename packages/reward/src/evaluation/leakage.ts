import type { Pair } from '../pair.ts'
import { textKey } from '../training/text-key.ts'

/** Pairs that stand on both sides of a split, so that figures flatter the model. */
export interface Leakage {
  /** Prompts that the model was trained on, or that fall into two groups of a cross-validation. */
  prompts: number
  /** Pairs of the same two outputs under another prompt on the other side. */
  outputs: number
  /** The beginnings of some of them. */
  examples: string[]
}

const EXAMPLES = 5
/** Outputs shorter than this together, such as two ways to say “You're welcome”, occur under many prompts and teach nothing about any. */
const SHORT = 120
const EXAMPLE_LENGTH = 80

/** A pair, or a judgment of one output, whose prompt alone can leak. */
type Judged = Pick<Pair, 'prompt'> & { chosen?: string; rejected?: string }

/** What falls into two groups although it is the same: prompts, whatever their case and spacing, and pairs of outputs. */
export function leakageBetweenGroups(rows: readonly Judged[], groups: Int32Array): Leakage {
  const split = (keyOf: (row: Judged) => string | null) => {
    const first = new Map<number, number>()
    const leaked = new Map<number, Judged>()
    rows.forEach((judged, row) => {
      const text = keyOf(judged)
      if (text === null) return
      const key = textKey(text)
      const group = first.get(key)
      if (group === undefined) first.set(key, groups[row]!)
      else if (group !== groups[row]) leaked.set(key, judged)
    })
    return leaked
  }
  // A conversation's prompt holds its opening turn, so the default grouping cannot split it; a chosen one can.
  const prompts = split(({ prompt }) => prompt.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim())
  const outputs = split(({ chosen, rejected }) =>
    chosen === undefined || rejected === undefined || chosen.length + rejected.length < SHORT
      ? null
      : JSON.stringify(chosen < rejected ? [chosen, rejected] : [rejected, chosen]),
  )
  return {
    prompts: prompts.size,
    outputs: outputs.size,
    examples: [
      ...[...prompts.values()].map(({ prompt }) => excerpt(prompt)),
      ...[...outputs.values()].map(({ chosen = '' }) => excerpt(chosen)),
    ].slice(0, EXAMPLES),
  }
}

/** Prompts of an evaluation that the model was trained on. */
export function leakageOf(pairs: readonly Pair[], isTrained: (pair: Pair) => boolean): Leakage {
  const leaked = new Map(pairs.filter(isTrained).map((pair) => [pair.group ?? pair.prompt, pair]))
  return { prompts: leaked.size, outputs: 0, examples: [...leaked.keys()].slice(0, EXAMPLES).map(excerpt) }
}

function excerpt(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length <= EXAMPLE_LENGTH ? flat : `${flat.slice(0, EXAMPLE_LENGTH).replace(/[\uD800-\uDBFF]$/, '')}…`
}
