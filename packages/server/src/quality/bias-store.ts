import type { PrelabelledJudgment } from '@plaudit/stats'
import type { EventStore } from '../events/event-store.ts'
import { itemKey, valueText } from '../events/item-key.ts'
import type { SelectedJudgments } from './selection.ts'

/** The mean score that reviewers gave a trace, as a share of each criterion's range, and whether its user gave feedback. */
export type TraceScore = [trace: string, sum: number, n: string | number, hasUser: number]

/** Reads of what only the bias report needs. */
export function biasStore(events: EventStore) {
  /** Judgments on items that a model judged by the same criterion: whether the reviewer saw that, and whether they agree. */
  async function prelabelled({ from, params }: SelectedJudgments): Promise<PrelabelledJudgment[]> {
    const found: PrelabelledJudgment[] = []
    const rows = events.stream<[item: string, rater: string, shown: number, agrees: number, activeMs: number]>(
      `SELECT given.item, given.rater, given.shown, given.text = label.text, given.active FROM (
         SELECT ${itemKey} AS item, criterion, kind, author_id AS rater, ${valueText} AS text,
           JSONExtractBool(presentation, 'prelabelsShown') AS shown, JSONExtractFloat(presentation, 'activeMs') AS active
         ${from} AND kind IN ('rating', 'label', 'thumbs') AND JSONHas(presentation, 'prelabelsShown')
       ) AS given
       INNER JOIN (
         SELECT ${itemKey} AS item, criterion, kind, argMax(${valueText}, time) AS text FROM feedback AS judgment FINAL
         WHERE project_id = {projectId:String} AND author_kind = 'model' GROUP BY item, criterion, kind
       ) AS label ON given.item = label.item AND given.criterion = label.criterion AND given.kind = label.kind
       LIMIT 200000`,
      params,
    )
    for await (const some of rows)
      for (const [item, rater, shown, agrees, activeMs] of some)
        found.push({ item, rater, shown: shown === 1, agrees: agrees === 1, seconds: activeMs > 0 ? activeMs / 1_000 : null })
    return found
  }

  /** Reviewers' scores by trace, with and without feedback of the trace's end user. */
  async function traceScores({ from, params }: SelectedJudgments): Promise<TraceScore[]> {
    const found: TraceScore[] = []
    const rows = events.stream<TraceScore>(
      `WITH ranges AS (
         SELECT criterion AS name, kind AS type, min(score) AS least, max(score) AS most ${from} AND score IS NOT NULL GROUP BY name, type HAVING most > least
       )
       SELECT toString(trace), sum((score - least) / (most - least)), count(), max(trace IN (
         SELECT trace_key FROM feedback FINAL WHERE project_id = {projectId:String} AND author_kind = 'human' AND author_role = 'end_user' AND trace_key != 0))
       FROM (SELECT judgment.trace_key AS trace, criterion, kind, score ${from} AND score IS NOT NULL AND judgment.trace_key != 0) AS given
       INNER JOIN ranges ON given.criterion = ranges.name AND given.kind = ranges.type
       GROUP BY trace LIMIT 200000`,
      params,
    )
    for await (const some of rows) found.push(...some)
    return found
  }

  /** Values given on criteria, with how often. */
  function values(projectId: string): Promise<{ criterion: string; given: string; n: string }[]> {
    return events.query(
      `SELECT criterion, arrayJoin(if(kind = 'labels', JSONExtract(judgment.value, 'Array(String)'), [${valueText}])) AS given, count() AS n
       FROM feedback AS judgment FINAL WHERE project_id = {projectId:String} AND author_kind = 'human'
         AND kind IN ('rating', 'label', 'labels', 'comparison')
       GROUP BY criterion, given LIMIT 20000`,
      { projectId },
    )
  }

  /** How many judgments there are on each criterion, of any kind. */
  function judgmentCounts(projectId: string): Promise<{ criterion: string; n: string }[]> {
    return events.query(
      `SELECT criterion, count() AS n FROM feedback FINAL WHERE project_id = {projectId:String} AND author_kind = 'human' GROUP BY criterion`,
      { projectId },
    )
  }

  return { prelabelled, traceScores, values, judgmentCounts }
}
