import { useState } from 'react'
import { readLocal, writeLocal } from './local-json.ts'

const prefix = 'plaudit.draft.'

/**
 * A value that survives leaving the page: kept on this machine as it changes, until `clear`. `fallback` where there is no draft. The key is read
 * once: give the component another React key where the draft is another one.
 */
export function useDraft<T>(key: string, fallback: T): [value: T, set: (value: T) => void, clear: () => void] {
  const [value, setValue] = useState(() => readLocal<T>(prefix + key) ?? fallback)
  const set = (next: T) => {
    setValue(next)
    writeLocal(prefix + key, next)
  }
  return [value, set, () => writeLocal(prefix + key, null)]
}

/** The draft under a key, or null. */
export const readDraft = <T>(key: string): T | null => readLocal<T>(prefix + key)

/** Keeps a draft for a `useDraft` that is not on screen yet. */
export function keepDraft(key: string, value: unknown): void {
  writeLocal(prefix + key, value)
}
