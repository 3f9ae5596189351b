// How often 95 % intervals hold the truth, in simulation. Run: node --conditions=source bench/coverage.ts --only agreement; see README.md.
import { seededRandom } from '@plaudit/stats'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { agreementScenarios } from './scenario/agreement.ts'
import { habitScenarios } from './scenario/habit.ts'
import { inferenceScenarios } from './scenario/inference.ts'
import { judgingScenarios } from './scenario/judging.ts'
import { rankingScenarios } from './scenario/ranking.ts'
import { samplingScenarios } from './scenario/sampling.ts'
import { type Coverage, measure } from './scenario/scenario.ts'

const parts = {
  agreement: agreementScenarios,
  inference: inferenceScenarios,
  ranking: rankingScenarios,
  judging: judgingScenarios,
  sampling: samplingScenarios,
  habit: habitScenarios,
}
const { values: flags } = parseArgs({
  options: {
    /** Parts, or names of statistics, with commas. */
    only: { type: 'string', default: Object.keys(parts).join(',') },
    replicates: { type: 'string', default: '2000' },
    out: { type: 'string', default: join(import.meta.dirname, '../docs/methods/coverage.json') },
  },
})
const wanted = new Set(flags.only.split(','))
const replicates = Number(flags.replicates)
const key = ({ statistic, design }: { statistic: string; design: string }) => `${statistic} ${design}`
const all = Object.entries(parts).flatMap(([part, scenarios]) => scenarios.map((scenario) => ({ part, scenario })))

for (const { part, scenario } of all) {
  if (!wanted.has(part) && !wanted.has(scenario.statistic)) continue
  const found = measure(scenario, seededRandom(11, streamOf(key(scenario))), replicates)
  write(found)
  const percent = (share: number) => `${(100 * share).toFixed(1).padStart(5)} %`
  console.log(`${scenario.statistic.padEnd(30)} ${scenario.design.padEnd(70)} ${percent(found.covered)}  without ${percent(found.without)}`)
}

/** A random stream of its own, so that a scenario gives the same figures alone as among others. */
function streamOf(name: string): number {
  let hash = 0
  for (const character of name) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x9e3779b1) >>> 1
  return hash + 1
}

/** Puts a result in its place in the file, which others may be writing too: in the order of the scenarios. */
function write(found: Coverage): void {
  const known = existsSync(flags.out) ? (JSON.parse(readFileSync(flags.out, 'utf8')) as Coverage[]) : []
  const byKey = new Map([...known, found].map((one) => [key(one), one]))
  const rounded = (value: number) => Number(value.toPrecision(4))
  const rows = all.flatMap(({ scenario }) => byKey.get(key(scenario)) ?? [])
  const lines = rows.map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'number' ? rounded(value) : value)))
  writeFileSync(flags.out, `[\n  ${lines.join(',\n  ')}\n]\n`)
}
