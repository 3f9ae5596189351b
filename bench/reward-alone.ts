// One process of two that share nothing: what the machine itself gives a second one. `bench/reward-workers.ts` starts it.
import { runJob } from '../packages/reward/src/training/job.ts'
import { arenaOf, shareSet } from '../packages/reward/src/training/shared-set.ts'
import { pathJobsOf, prepareSome } from './reward-prepare.ts'

const [folder, rows, count] = process.argv.slice(2)
const prepared = await prepareSome(folder!, Number(rows))
const { set, parts } = shareSet(prepared.set, 1)
const arena = arenaOf(set, parts[0]!)
const jobs = pathJobsOf(prepared, Number(count))
runJob(set, jobs[0]!, arena)
process.on('message', () => {
  for (const job of jobs) runJob(set, job, arena)
  process.send!('done')
})
process.send!('ready')
