import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pair } from '@plaudit/reward'

interface Compared {
  id: string | number
  prompt: string | number
  text: string
  result_x: string | null
  result_y: string | null
}

/** The llmfao comparisons with the side that most of the crowd preferred; pairs without a majority are ties. Grouped by prompt. */
export function crowdPairs(folder: string): Pair[] {
  const compared = readFileSync(join(folder, 'pairs-crowd.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Compared)
  const votes = new Map<string, number>()
  for (const line of readFileSync(join(folder, 'crowd-comparisons.csv'), 'utf8').trim().split('\n').slice(1)) {
    const [id, , , , , winner] = line.split(',')
    votes.set(id!, (votes.get(id!) ?? 0) + (winner === 'left' ? 1 : winner === 'right' ? -1 : 0))
  }
  return compared.flatMap(({ id, prompt, text, result_x: left, result_y: right }): Pair[] => {
    if (!left || !right) return []
    const lead = votes.get(String(id)) ?? 0
    const [chosen, rejected] = lead >= 0 ? [left, right] : [right, left]
    return [{ prompt: text, group: String(prompt), chosen, rejected, ...(lead === 0 && { tie: true }) }]
  })
}
