import { join } from 'node:path'
import { type Pair, readPairs } from '@plaudit/reward'
import type { Job } from '../packages/reward/src/training/job.ts'
import { planTraining } from '../packages/reward/src/training/plan.ts'
import { type Prepared, prepareTraining } from '../packages/reward/src/training/prepare.ts'
import { checkedOptions } from '../packages/reward/src/training/train.ts'
import { resamplePairs } from './reward-pairs.ts'

/** The pairs of the harmless test set: as they are, or so many made of them. */
export async function somePairs(folder: string, rows: number): Promise<Pair[]> {
  const { pairs } = await readPairs(join(folder, 'hh-harmless-test/test.jsonl.gz'))
  return rows === pairs.length ? pairs : resamplePairs(pairs, rows)
}

export async function prepareSome(folder: string, rows: number): Promise<Prepared> {
  return prepareTraining(await somePairs(folder, rows), checkedOptions({}))
}

/** The first jobs of the cross-validation. */
export function pathJobsOf(prepared: Prepared, count: number): Job[] {
  return (planTraining(prepared).next().value as Job[]).slice(0, count)
}
