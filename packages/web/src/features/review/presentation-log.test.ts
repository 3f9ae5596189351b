import { expect, test } from 'vitest'
import { PresentationLog } from './presentation-log.ts'

test('what was shown once counts as shown, and each item has its own record', () => {
  const log = new PresentationLog()
  const plain = { rendering: 'rendered', differences: false, guideline: false, scroll: 'synchronised' } as const
  log.see('one', plain)
  log.see('two', { ...plain, guideline: true })
  log.see('one', { ...plain, rendering: 'raw', differences: true })
  log.see('one', plain)
  expect(log.take('one')).toEqual({
    rendering: 'rendered',
    renderingsShown: ['rendered', 'raw'],
    differencesShown: true,
    guidelineShown: false,
    scroll: 'synchronised',
  })
  expect(log.take('one')).toEqual({})
  expect(log.take('two')).toMatchObject({ guidelineShown: true, differencesShown: false })
})
