import type { RewardExplanation } from '@plaudit/sdk'

type Part = RewardExplanation['sentences'][number]
/** A stretch of the output: with what it adds, or 0 where nothing is said of it. */
export type Passage = { text: string; contribution: number }

/** The whole output in stretches, those that were explained and what lies between them. Places count Unicode code points. */
export function passagesOf(output: string, parts: readonly Part[]): Passage[] {
  const points = Array.from(output)
  const passages: Passage[] = []
  let at = 0
  const add = (from: number, to: number, contribution: number) => {
    if (to > from) passages.push({ text: points.slice(from, to).join(''), contribution })
  }
  for (const { start, end, contribution } of parts.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue
    add(at, start, 0)
    add(start, end, contribution)
    at = end
  }
  add(at, points.length, 0)
  return passages
}

/** The traits' names as words: `refusalOpens` is `refusal opens`. */
export function traitName(trait: string): string {
  return trait.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
