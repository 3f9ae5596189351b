import { queueInputSchema, type QueueSettings } from '@plaudit/protocol'

const {
  name: _name,
  itemKind: _kind,
  rubricId: _rubric,
  guidelineId: _guideline,
  overlap: _overlap,
  ...defaults
} = queueInputSchema.partial({ name: true, itemKind: true, rubricId: true }).parse({})

/** A queue's settings as they were stored; what was added to the settings since has its default. */
export function storedSettings(stored: Partial<QueueSettings>): QueueSettings {
  return { ...defaults, ...stored }
}
