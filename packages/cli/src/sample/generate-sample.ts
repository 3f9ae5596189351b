import { Draw } from './draw.ts'
import { legalSummaries } from './legal.ts'
import { moderatedPosts } from './moderation.ts'
import type { SampleCase } from './sample-case.ts'
import { supportComparisons } from './support-comparison.ts'
import { supportSessions } from './support.ts'
import { timelineUntil } from './timeline.ts'

/**
 * The sample project: six weeks of three applications that end the day before `nowMs`, with feedback of every kind. The same seed and
 * moment give the same records, ids included; feedback that would lie after `nowMs` is given at `nowMs`.
 */
export function* generateSample(options: { seed: number; nowMs: number }): Generator<SampleCase> {
  const { seed, nowMs } = options
  const timeline = timelineUntil(nowMs)
  const now = new Date(nowMs).toISOString()
  const parts = [supportSessions, supportComparisons, moderatedPosts, legalSummaries]
  for (const [index, part] of parts.entries()) {
    for (const one of part(new Draw(seed + index), timeline)) {
      yield {
        ...one,
        feedback: one.feedback.map((given) => (given.time !== undefined && given.time > now ? { ...given, time: now } : given)),
      }
    }
  }
}
