import { ApiError, type RewardComparison, type RewardComparisonInput } from '@plaudit/protocol'
import { compareModels, isPairRow, isTrainedOn, outputsOf, type Pair, RewardError } from '@plaudit/reward'
import { datasetService } from '../datasets/service.ts'
import type { ServerContext } from '../http/context.ts'
import { asOutputScores } from './endpoint.ts'
import { modelKey, rewardService } from './service.ts'

/** Compares two models on the same pairs. */
export function comparisonService(context: Pick<ServerContext, 'db' | 'events' | 'jobs' | 'config' | 'clock' | 'embeddings'>) {
  const datasets = datasetService(context)
  const models = rewardService(context)

  /** @throws ApiError `not_found`; `conflict` for a data set that is not ready; `unprocessable` where no pair is left to compare on. */
  async function compare(projectId: string, { datasetId, first, second }: RewardComparisonInput): Promise<RewardComparison> {
    const pairs = (await datasets.allRows(projectId, datasetId)).filter(isPairRow).filter(({ split }) => split === 'test')
    if (pairs.length === 0)
      throw new ApiError('unprocessable', 'The data set has no comparisons on its test side: make a version with some.')
    const [one, two] = await Promise.all([first, second].map((id) => compared(projectId, id, pairs)))
    try {
      const { accuracy, logLoss, ...rest } = compareModels(pairs, one!, two!)
      return { ...rest, accuracy: differenceOf(accuracy), logLoss: differenceOf(logLoss) }
    } catch (cause) {
      if (cause instanceof RewardError) throw new ApiError('unprocessable', cause.message, { cause })
      throw cause
    }
  }

  async function compared(projectId: string, id: string, pairs: readonly Pair[]) {
    const row = await models.rowOf(projectId, id)
    const scores = asOutputScores(await models.scorers.score(row, outputsOf(pairs)))
    const isTrained = row.endpoint === null ? { isTrained: isTrainedOn((await models.scorers.scorerOf(row)).model) } : {}
    return { name: modelKey(row), scores, ...isTrained }
  }

  return { compare }
}

type Difference = { estimate: number; low?: number; high?: number; p: number | null }
function differenceOf({ estimate, low, high, p }: Difference): RewardComparison['accuracy'] {
  return { estimate, low: low ?? null, high: high ?? null, p }
}
