import { ApiError } from '@plaudit/protocol'
import { bradleyTerry, type ClusterName, leaderFragility, ratioDifference, type Reason, REASONS, type TieRule } from '@plaudit/stats'
import { defineCommand } from 'citty'
import { type ComparisonColumn, readComparisons, type ReadComparisons } from '../table/read-comparisons.ts'
import { oneOf } from './stats/rating-options.ts'

const tieRules = ['davidson', 'rao-kupper', 'half'] as const satisfies readonly TieRule[]
const clusterNames = ['item', 'rater'] as const satisfies readonly ClusterName[]

/** What a ranking is asked for. */
export type RankOptions = { ties: TieRule; cluster?: readonly ClusterName[] | undefined; position: boolean }

/** `plaudit rank`: which of several systems is better, from comparisons in a file. */
export const rankCommand = defineCommand({
  meta: { name: 'rank', description: 'How strong each system is, from comparisons of two at a time' },
  args: {
    file: { type: 'positional', required: true, description: 'CSV with a header, or JSON lines, also gzip; - for standard input' },
    left: { type: 'string', description: 'Column of the system on the left', default: 'left' },
    right: { type: 'string', description: 'Column of the system on the right', default: 'right' },
    outcome: { type: 'string', description: 'Column of the outcome: left, right, tie, both_bad or cannot_judge', default: 'outcome' },
    item: { type: 'string', description: 'Column of what was compared, for example the prompt', default: 'item' },
    rater: { type: 'string', description: 'Column of who compared', default: 'rater' },
    'left-length': { type: 'string', description: 'Column of the length of the left output', default: 'left_length' },
    'right-length': { type: 'string', description: 'Column of the length of the right output', default: 'right_length' },
    ties: { type: 'string', description: `How ties count: ${tieRules.join(', ')}`, default: 'davidson' },
    cluster: {
      type: 'string',
      description: 'Which comparisons go together in the intervals: item, rater, item,rater or none; by item where the file has items',
      valueHint: 'item,rater',
    },
    control: { type: 'string', description: 'What strengths shall not depend on: length', valueHint: 'length' },
    position: { type: 'boolean', description: 'Estimate how much being on the left helps, and take it out' },
    json: { type: 'boolean', description: 'Print one JSON object' },
  },
  async run({ args }) {
    const ties = oneOf('ties', args.ties, tieRules)
    const cluster = clusterOf(args.cluster)
    const lengths = args.control !== undefined && oneOf('control', args.control, ['length']) === 'length'
    const names: Record<ComparisonColumn, string> = args
    const read = await readComparisons({ file: args.file, names, cluster, lengths })
    const result = rankingOf(read, { ties, cluster, position: args.position === true })
    process.stdout.write(args.json ? `${JSON.stringify(result)}\n` : rankingText(result))
  },
})

/** A ranking with all that the comparisons say about it, or why there is none. */
export function rankingOf({ comparisons, lengths }: ReadComparisons, { ties, cluster, position }: RankOptions) {
  const controls = lengths === null ? {} : { length: ratioDifference(lengths.left, lengths.right) }
  const options = { ties, position, controls, ...(cluster === undefined ? {} : { cluster }) }
  const ranking = bradleyTerry(comparisons, options)
  if (ranking.scores === null) return { ...ranking, explanation: REASONS[ranking.reason] }
  const { controls: effects, ...described } = ranking
  const fragility = leaderFragility(comparisons, options)
  return {
    ...described,
    control: Object.fromEntries(effects.map(({ name, ...effect }) => [name, effect])),
    fragility: fragility.leader === null ? { ...fragility, explanation: explainFragility(fragility.reason) } : fragility,
  }
}

function explainFragility(reason: Reason): string {
  return reason === 'undefeated' ? 'No removal of comparisons was found that would change the leader.' : REASONS[reason]
}

/** @throws ApiError `invalid_argument` for anything but a list of item and rater, or none. */
function clusterOf(text: string | undefined): ClusterName[] | undefined {
  if (text === undefined) return undefined
  if (text === 'none') return []
  const names = text.split(',').map((name) => oneOf('cluster', name.trim(), clusterNames))
  if (new Set(names).size < names.length) throw new ApiError('invalid_argument', `--cluster must name each of item and rater once.`)
  return names
}

function rankingText(result: ReturnType<typeof rankingOf>): string {
  if (result.scores === null) return `No ranking: ${result.explanation}\n`
  const { scores, tie, position, control, fragility, comparisons, bothBad, groups, regularised, method } = result
  const width = Math.min(40, Math.max(12, ...scores.map(({ name }) => name.length)) + 2)
  const controlled = Object.keys(control).length > 0
  const lines = [
    `${comparisons} comparisons of ${scores.length} systems${bothBad > 0 ? `, and ${bothBad} with both bad, left out` : ''}`,
    method,
    '',
    `${''.padEnd(width)}log-odds  95 % interval         Elo    wins  losses   ties${controlled ? '  uncontrolled' : ''}`,
    ...scores.map((score) => {
      const counts = [score.wins, score.losses, score.ties].map((count, k) => String(count).padStart([7, 8, 7][k]!)).join('')
      const uncontrolled = controlled ? (score.uncontrolled === null ? '—' : score.uncontrolled.toFixed(3)).padStart(14) : ''
      const flag = score.flag === null ? '' : `  ${score.flag}`
      return `${score.name.slice(0, width - 2).padEnd(width)}${effectText(score)}${score.elo.toFixed(0).padStart(6)} ${counts}${uncontrolled}${flag}`
    }),
    '',
    ...(tie === null ? [] : [`${`ties (${tie.model})`.padEnd(width)}${effectText(tie)}`]),
    ...(position === null ? [] : [`${'left side'.padEnd(width)}${effectText(position)}  ${pText(position.p)}`]),
    ...Object.entries(control).map(([name, effect]) => `${name.padEnd(width)}${effectText(effect)}  ${pText(effect.p)}`),
    fragility.leader === null
      ? `fragility: ${fragility.explanation}`
      : `fragility: without ${fragility.removed} of the comparisons (${(100 * fragility.share).toFixed(2)} %) ${fragility.challenger} would lead`,
    ...(groups > 1 ? [`${REASONS.disconnected}`] : []),
    ...(regularised ? ['Each system was given one tie against an average one, so that every strength is finite: see the flags.'] : []),
  ]
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

function effectText({ estimate, low, high }: { estimate: number; low: number | null; high: number | null }): string {
  const interval = low === null || high === null ? '' : `[${low.toFixed(3)}, ${high.toFixed(3)}]`
  return `${estimate.toFixed(3).padStart(8)}  ${interval.padEnd(18)}`
}

function pText(p: number | null): string {
  return p === null ? '' : p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`
}
