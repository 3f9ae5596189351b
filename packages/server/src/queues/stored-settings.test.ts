import { queueInputSchema } from '@plaudit/protocol'
import { expect, it } from 'vitest'
import { storedSettings } from './stored-settings.ts'

it('fills in what was added to the settings since a queue was made, and keeps the rest', () => {
  const given = queueInputSchema.parse({
    itemKind: 'span',
    name: 'Q',
    rubricId: '01a21366-d8be-77ed-b45c-db8d6fd24336',
    leaseMinutes: 40,
    goldWatch: null,
  })
  const { hourlyRate: _new, ...stored } = given
  expect(storedSettings(stored)).toMatchObject({ leaseMinutes: 40, goldWatch: null, hourlyRate: null, shuffle: true })
  expect(storedSettings({})).not.toHaveProperty('overlap')
})
