import type { Pair } from '../pair.ts'

/** Several outputs for one prompt of which people compared every two. */
export interface CandidateSet {
  prompt: string
  /** What keeps sets of one prompt together. */
  group: string
  outputs: string[]
  /** For each output, the share of the others that people found worse; a tie counts half. */
  winRate: number[]
}

/** Fewer outputs leave nothing to choose from. */
const FEWEST = 3

/** The sets of at least three outputs in which every two were compared. */
export function candidateSets(pairs: readonly Pair[]): CandidateSet[] {
  const byPrompt = Map.groupBy(pairs, ({ prompt }) => prompt)
  return [...byPrompt].flatMap(([prompt, judged]) => {
    if (judged.length < FEWEST) return []
    const outputs = [...new Set(judged.flatMap(({ chosen, rejected }) => [chosen, rejected]))]
    if (outputs.length < FEWEST || judged.length < (outputs.length * (outputs.length - 1)) / 2) return []
    const place = new Map(outputs.map((output, index) => [output, index]))
    const n = outputs.length
    const wins = new Float64Array(n * n)
    const judgments = new Float64Array(n * n)
    for (const { chosen, rejected, tie, weight = 1 } of judged) {
      const [a, b] = [place.get(chosen)!, place.get(rejected)!]
      if (a === b) continue
      wins[a * n + b]! += weight * (tie === true ? 0.5 : 1)
      wins[b * n + a]! += weight * (tie === true ? 0.5 : 0)
      judgments[a * n + b]! += weight
      judgments[b * n + a]! += weight
    }
    const others = outputs.map((_, a) => outputs.flatMap((__, b) => (a === b ? [] : [a * n + b])))
    if (others.flat().some((cell) => judgments[cell] === 0)) return []
    const winRate = others.map((cells) => cells.reduce((sum, cell) => sum + wins[cell]! / judgments[cell]!, 0) / cells.length)
    return [{ prompt, group: judged[0]!.group ?? prompt, outputs, winRate }]
  })
}
