import type { Queue, QueueItem } from '@plaudit/sdk'

export const itemKinds: Record<Queue['itemKind'], { label: string; many: string; says: string }> = {
  span: { label: 'Generations', many: 'generations', says: 'One output of a model at a time' },
  trace: { label: 'Traces', many: 'traces', says: 'A whole request with its steps' },
  session: { label: 'Sessions', many: 'sessions', says: 'A conversation from start to end' },
  comparison: { label: 'Comparisons', many: 'comparisons', says: 'Outputs for the same input, side by side' },
}

export const queueStates: Record<Queue['state'], { label: string; tone: 'accent' | 'neutral' }> = {
  open: { label: 'Open', tone: 'accent' },
  paused: { label: 'Paused', tone: 'neutral' },
  archived: { label: 'Archived', tone: 'neutral' },
}

export const itemStates: Record<QueueItem['state'], { label: string; tone: 'neutral' | 'good' | 'bad' }> = {
  open: { label: 'Open', tone: 'neutral' },
  done: { label: 'Done', tone: 'good' },
  needs_lead: { label: 'Needs a lead', tone: 'bad' },
  removed: { label: 'Taken out', tone: 'neutral' },
}

export const skipReasons: Record<string, string> = {
  not_my_expertise: 'not their expertise',
  broken_rendering: 'broken rendering',
  harmful_to_view: 'harmful to view',
  too_long: 'too long',
  guideline_unclear: 'guideline unclear',
  other: 'other',
}
