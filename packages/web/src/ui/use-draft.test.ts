import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { forgetDraft, keepDraft, readDraft } from './use-draft.ts'

beforeEach(() => {
  // Storage of a browser, which Node does not have.
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
})
afterEach(() => vi.unstubAllGlobals())

it('forgets a draft that was saved, and keeps what was written while it was', () => {
  const saved = { criterion: 'tone', text: 'too curt' }
  keepDraft('a', saved)
  keepDraft('b', { ...saved, text: 'too curt, and wrong' })
  forgetDraft('a', saved)
  forgetDraft('b', saved)
  expect(readDraft('a')).toBeNull()
  expect(readDraft('b')).toEqual({ ...saved, text: 'too curt, and wrong' })
  forgetDraft('b')
  expect(readDraft('b')).toBeNull()
})
