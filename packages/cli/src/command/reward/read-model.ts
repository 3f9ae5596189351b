import { loadRewardModel, type Scorer } from '@plaudit/reward'
import { readFile } from 'node:fs/promises'

/** A scorer of the model in a file. @throws RewardError `model-file`. */
export async function readModel(path: string): Promise<Scorer> {
  return loadRewardModel(await readFile(path))
}
