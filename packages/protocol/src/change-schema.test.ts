import { expect, it } from 'vitest'
import { z } from 'zod'
import { changeOf } from './change-schema.ts'
import { queueChangeSchema } from './queue.ts'

it('leaves out what is left out, where a new thing would have its default', () => {
  const change = changeOf({ name: z.string(), size: z.int().default(3), blind: z.object({ on: z.boolean().default(true) }).prefault({}) })
  expect(change.parse({})).toEqual({})
  expect(change.parse({ size: 4, blind: {} })).toEqual({ size: 4, blind: { on: true } })
  expect(change.safeParse({ size: 1.5 }).success).toBe(false)
})

it('changes nothing of a queue but what is named', () => {
  expect(queueChangeSchema.parse({ state: 'paused' })).toEqual({ state: 'paused' })
  expect(queueChangeSchema.parse({ guidelineId: null })).toEqual({ guidelineId: null })
})
