import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startJobPool } from '../packages/reward/src/node/job-pool.ts'
import { shareSet } from '../packages/reward/src/training/shared-set.ts'
import { pathJobsOf, prepareSome } from './reward-prepare.ts'

/** Rounds that are made at most beyond those wanted, where some do not count. */
const MORE_ROUNDS = 4
/** A round counts if other programs took no more of the processors while it ran. */
const QUIET = 0.05

/**
 * How much faster two threads do the same jobs of a cross-validation than one, beside how much more two processes get done that share nothing: what
 * the machine itself allows. Everything in turns, so that a change of the machine's speed meets all alike.
 */
export async function measureWorkers(folder: string, rows: number, count: number, wanted: number) {
  const prepared = await prepareSome(folder, rows)
  const jobs = pathJobsOf(prepared, count)
  const processes = [0, 1].map(() =>
    fork(fileURLToPath(new URL('reward-alone.ts', import.meta.url)), [folder, String(rows), String(count / 2)]),
  )
  await Promise.all(processes.map((process) => once(process, 'message')))
  const pools = [1, 2].map((threads) => startJobPool(shareSet(prepared.set, threads)))
  // The first jobs start the threads.
  for (const pool of pools) await pool.run(jobs.slice(0, 4), () => {})
  const rounds: Record<'one' | 'two' | 'alone' | 'both' | 'others', number>[] = []
  const isQuiet = ({ others }: { others: number }) => others < QUIET
  for (let round = 0; round < wanted + MORE_ROUNDS && rounds.filter(isQuiet).length < wanted; round += 1) {
    const one = await watched(() => pools[0]!.run(jobs, () => {}))
    const two = await watched(() => pools[1]!.run(jobs, () => {}))
    const alone = await watched(() => inProcesses(processes.slice(0, 1)))
    const both = await watched(() => inProcesses(processes))
    rounds.push({ one: one.wall, two: two.wall, alone: alone.wall, both: both.wall, others: Math.max(one.others, two.others) })
    console.error(rounds.at(-1))
  }
  await Promise.all(pools.map((pool) => pool.close()))
  for (const process of processes) process.kill()
  const quiet = rounds.filter(isQuiet)
  const wall = (of: keyof (typeof quiet)[number]) => spreadOf(quiet.map((round) => round[of]))
  return {
    jobs: jobs.length,
    rounds: quiet.length,
    disturbed: rounds.length - quiet.length,
    wallSOfOne: wall('one'),
    wallSOfTwo: wall('two'),
    speedUp: spreadOf(quiet.map(({ one, two }) => one / two)),
    // What disturbs a machine only ever adds time: the shortest of all rounds are the least disturbed.
    speedUpOfShortest: round2(wall('one').low / wall('two').low),
    ceiling: spreadOf(quiet.map(({ alone, both }) => (2 * alone) / both)),
    ceilingOfShortest: round2((2 * wall('alone').low) / wall('both').low),
  }
}

function spreadOf(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  return { median: round2(sorted[sorted.length >> 1]!), low: round2(sorted[0]!), high: round2(sorted.at(-1)!) }
}

function inProcesses(processes: readonly ChildProcess[]): Promise<unknown> {
  return Promise.all(
    processes.map((process) => {
      const done = once(process, 'message')
      process.send('go')
      return done
    }),
  )
}

/** Wall seconds of some work of this process, and which share of the processors others took meanwhile. */
async function watched(work: () => Promise<unknown>) {
  const [wall, own, all] = [performance.now(), process.cpuUsage(), busyMs()]
  await work()
  const ms = performance.now() - wall
  const { user, system } = process.cpuUsage(own)
  return { wall: ms / 1000, others: (busyMs() - all - (user + system) / 1000) / ms / 2 }
}

/** Milliseconds that all processors have been busy. */
function busyMs(): number {
  const [user, nice, system, , , irq, softIrq, stolen] = readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return 10 * (user! + nice! + system! + irq! + softIrq! + stolen!)
}

function round2(value: number): number {
  return Math.round(100 * value) / 100
}
