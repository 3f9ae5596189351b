import type { FeedbackQuery } from '@plaudit/sdk'
import { kinds } from './kind.ts'

/** Filters of the feedback list as the address holds them. */
export type FeedbackFilter = {
  criterion?: string
  kind?: NonNullable<FeedbackQuery['kind']>
  authorKind?: NonNullable<FeedbackQuery['authorKind']>
}

export const authorKinds = ['human', 'model', 'code'] as const

/** The filter in a page's query; what is unknown is left out, so that any address opens. */
export function feedbackFilterOf(search: Record<string, unknown>): FeedbackFilter {
  const { criterion, kind, authorKind } = search
  return {
    ...(typeof criterion === 'string' && criterion !== '' ? { criterion } : {}),
    ...(typeof kind === 'string' && kind in kinds ? { kind: kind as NonNullable<FeedbackFilter['kind']> } : {}),
    ...(authorKinds.some((one) => one === authorKind) ? { authorKind: authorKind as NonNullable<FeedbackFilter['authorKind']> } : {}),
  }
}
