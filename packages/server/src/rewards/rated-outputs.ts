import { ApiError, type Criterion } from '@plaudit/protocol'
import { ratingScale, type SourceJudgment } from '@plaudit/reward'
import type { EventStore } from '../events/event-store.ts'
import { aboutJudgment, judgedOutputs, type JudgedOutputs } from './judged-output.ts'
import type { PairFilter } from './pair-store.ts'

type Filter = Omit<PairFilter, 'criterion' | 'receivedFrom'>

/**
 * People's ratings and thumbs of single outputs on some criteria, each on the scale of its criterion. Outputs that have not arrived are passed
 * over.
 *
 * @param rubrics The criteria of the project's rubrics, which say what a rating's points are, and whether more is better.
 * @throws ApiError `conflict` where rubrics disagree on that.
 */
export async function ratedOutputs(
  events: EventStore,
  projectId: string,
  criteria: readonly string[],
  filter: Filter,
  rubrics: readonly Criterion[],
): Promise<SourceJudgment[]> {
  const judgments: SourceJudgment[] = []
  for (const criterion of criteria) {
    const ratings: { judged: JudgedOutputs; value: number }[] = []
    for await (const judged of judgedOutputs(events, projectId, ['thumbs', 'rating'], { ...filter, criterion })) {
      if (judged.outputs[0] === undefined) continue
      const { kind, value } = judged.feedback
      if (kind === 'thumbs') judgments.push(judgmentOf(judged, `thumb: ${criterion}`, value === 'up' ? 1 : 0, 2))
      else ratings.push({ judged, value: value as number })
    }
    if (ratings.length === 0) continue
    const { points, isReversed } = scaleIn(rubrics, criterion)
    const { levels, levelOf } = ratingScale(
      ratings.map(({ value }) => value),
      points,
    )
    for (const { judged, value } of ratings) {
      const level = levelOf(value)
      judgments.push(judgmentOf(judged, `rating: ${criterion}`, isReversed ? levels - 1 - level : level, levels))
    }
  }
  return judgments
}

function judgmentOf(judged: JudgedOutputs, source: string, level: number, levels: number): SourceJudgment {
  const { input, opening, output } = judged.outputs[0]!
  return { prompt: input, group: opening, output, level, levels, source, ...aboutJudgment(judged) }
}

/** The points that rubrics offer on a criterion, and whether fewer are better. */
function scaleIn(rubrics: readonly Criterion[], key: string): { points: number[]; isReversed: boolean } {
  const own = rubrics.filter((criterion) => criterion.key === key)
  const directions = new Set(own.flatMap((criterion) => ('higherIsBetter' in criterion ? [criterion.higherIsBetter] : [])))
  if (directions.size > 1)
    throw new ApiError('conflict', `Rubrics disagree on whether more is better on “${key}”: change one of them, or leave its ratings out.`)
  const points = own.flatMap((criterion) => {
    if (criterion.type === 'binary') return [0, 1]
    return criterion.type === 'ordinal' ? criterion.points.map(({ value }) => value) : []
  })
  return { points, isReversed: directions.has(false) }
}
