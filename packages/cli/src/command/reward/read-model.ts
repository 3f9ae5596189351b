import { readRewardModel, type RewardModel } from '@plaudit/reward'
import { readFile } from 'node:fs/promises'

/** The model in a file. @throws RewardError `model-file`. */
export async function readModel(path: string): Promise<RewardModel> {
  return readRewardModel(await readFile(path))
}
