import { loadRewardModel, type Scorer } from '@plaudit/reward'
import { readFile } from 'node:fs/promises'

/** A scorer of the model in a file. @throws RewardError `model-file`; `embedding` for a model that needs vectors beside words. */
export async function readModel(path: string): Promise<Scorer> {
  return loadRewardModel(await readFile(path))
}
