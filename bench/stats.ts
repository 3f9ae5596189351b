// `npm run bench:stats`: the statistics on a million judgments, beside other programs on the same data in the same run. See README.md.
import { bradleyTerry, dawidSkene, krippendorffAlpha, seededRandom } from '@plaudit/stats'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { resampleInThreads } from '../packages/cli/src/bootstrap/resample-in-threads.ts'
import { simulateComparisons, simulateRatings } from './simulated-judgments.ts'

const { values: flags } = parseArgs({
  options: {
    /** A Python with krippendorff, crowd-kit and evalica. */
    python: { type: 'string' },
    only: { type: 'string', default: 'alpha,dawid-skene,bradley-terry,bootstrap' },
    times: { type: 'string', default: '3' },
    /** Resamples of evalica's bootstrap, whose default is 1000: its time is proportional to them. */
    resamples: { type: 'string', default: '20' },
    out: { type: 'string' },
  },
})
type Timing = { ms: number; cpuMs: number; value: number }
type Row = Timing & { task: string; program: string }

const times = Number(flags.times)
const folder = mkdtempSync(join(tmpdir(), 'plaudit-bench-'))
const rows: Row[] = []
const random = seededRandom(1)

/** The fastest of several calls, by wall clock and by processor time. */
function best(count: number, call: () => number | null): Timing {
  let [ms, cpuMs, value] = [Infinity, Infinity, Number.NaN]
  for (let run = 0; run < count; run += 1) {
    const [start, used] = [performance.now(), process.cpuUsage()]
    value = call() ?? Number.NaN
    const { user, system } = process.cpuUsage(used)
    ms = Math.min(ms, performance.now() - start)
    cpuMs = Math.min(cpuMs, (user + system) / 1000)
  }
  return { ms, cpuMs, value }
}

function report(task: string, program: string, timing: Timing): void {
  rows.push({ task, program, ...timing })
  const [ms, cpu] = [timing.ms, timing.cpuMs].map((value) => Math.round(value).toLocaleString('en').padStart(9))
  console.log(`${task.padEnd(62)} ${program.padEnd(28)} ${ms} ms ${cpu} ms of processor   ${timing.value.toFixed(6)}`)
}

/** Hands arrays of int32 to a script of `peers/` and reports what it measured. */
function peer(task: string, script: string, arrays: Record<string, ArrayLike<number>>, settings: (string | number)[]): void {
  if (flags.python === undefined) return
  const files = Object.entries(arrays).map(([name, values]) => {
    const file = join(folder, name)
    writeFileSync(file, Int32Array.from(values))
    return file
  })
  const args = [join(import.meta.dirname, 'peers', script), ...files, ...settings.map(String)]
  const said = execFileSync(flags.python, args, { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'inherit'] })
  const measured = JSON.parse(said.trim().split('\n').at(-1) ?? '{}') as Record<string, Timing>
  for (const [program, timing] of Object.entries(measured)) report(task, program, timing)
}

const parts = new Set(flags.only.split(','))
if (parts.has('alpha')) {
  const [items, raters] = [200_000, 5]
  const ratings = simulateRatings(random, items, 1000, 5, raters)
  const matrix = Int32Array.from(ratings.values, (_, at) => ratings.values[(at % items) * raters + Math.floor(at / items)]!)
  for (const level of ['nominal', 'ordinal', 'interval'] as const) {
    const task = `Krippendorff's alpha, ${level}, 1,000,000 ratings`
    report(
      task,
      'plaudit',
      best(times, () => krippendorffAlpha(ratings, { level, resamples: 0 }).estimate),
    )
    report(
      task,
      'plaudit with interval',
      best(times, () => krippendorffAlpha(ratings, { level }).estimate),
    )
    peer(task, 'alpha.py', { matrix }, [raters, level, times])
  }
}
if (parts.has('dawid-skene')) {
  const task = 'Dawid–Skene, 1,000,000 labels, 10,000 items'
  const labels = simulateRatings(random, 10_000, 1000, 5, 100)
  const fit = () => dawidSkene(labels).labels?.reduce((sum, label) => sum + label, 0) ?? null
  report(task, 'plaudit', best(times, fit))
  peer(task, 'dawid_skene.py', { tasks: labels.items, workers: labels.raters, labels: labels.values }, [times])
}
if (parts.has('bradley-terry')) {
  const task = 'Bradley–Terry, 1,000,000 comparisons of 200'
  const comparisons = simulateComparisons(random, 1_000_000, 200, 10_000)
  const fit = () => bradleyTerry(comparisons, { ties: 'half' }).scores?.find(({ name }) => name === 's0')?.estimate ?? null
  report(task, 'plaudit, clustered intervals', best(times, fit))
  const { left, right, outcomes } = comparisons
  peer(task, 'bradley_terry.py', { left, right, outcomes }, [times, Number(flags.resamples)])
}
if (parts.has('bootstrap')) {
  // 40,000 items on a scale of 101 steps: hardly two look alike, so that a resample costs what the items cost.
  const ratings = simulateRatings(random, 40_000, 1000, 101, 5)
  const task = 'Bootstrap of ordinal alpha, 200,000 ratings, 1,000 resamples'
  const low = (values: Float64Array) => {
    const alpha = krippendorffAlpha(ratings, { level: 'ordinal', values })
    return alpha.estimate === null ? Number.NaN : (alpha.low ?? Number.NaN)
  }
  for (const threads of [1, 2]) {
    const [start, used] = [performance.now(), process.cpuUsage()]
    const values = await resampleInThreads('alpha', { ratings, level: 'ordinal' }, { threads, aloneMs: 0 })
    const { user, system } = process.cpuUsage(used)
    const [ms, cpuMs] = [performance.now() - start, (user + system) / 1000]
    report(task, threads === 1 ? 'plaudit, one thread' : `plaudit, ${threads} threads`, { ms, cpuMs, value: low(values) })
  }
}
rmSync(folder, { recursive: true })
if (flags.out !== undefined) {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`
  writeFileSync(flags.out, `${JSON.stringify({ machine, date: new Date().toISOString().slice(0, 10), rows }, null, 2)}\n`)
}
