import { useState } from 'react'
import { readLocal, writeLocal } from './local-json.ts'

const prefix = 'plaudit.draft.'

/**
 * A value that survives leaving the page: kept on this machine as it changes, until `clear`, which forgets it, or if it is given a value, only where
 * that is still the draft. `fallback` where there is no draft. The key is read once: give the component another React key where the draft is another
 * one.
 */
export function useDraft<T>(key: string, fallback: T): [value: T, set: (value: T) => void, clear: (only?: T) => void] {
  const [value, setValue] = useState(() => readLocal<T>(prefix + key) ?? fallback)
  const set = (next: T) => {
    setValue(next)
    writeLocal(prefix + key, next)
  }
  return [value, set, (only) => forgetDraft(key, only)]
}

/** Forgets the draft under a key; if a value is given, only where it is still that one: whoever went on writing while it was saved keeps what is new. */
export function forgetDraft(key: string, only?: unknown): void {
  if (only === undefined || JSON.stringify(readDraft(key)) === JSON.stringify(only)) writeLocal(prefix + key, null)
}

/** The draft under a key, or null. */
export const readDraft = <T>(key: string): T | null => readLocal<T>(prefix + key)

/** Keeps a draft for a `useDraft` that is not on screen yet. */
export function keepDraft(key: string, value: unknown): void {
  writeLocal(prefix + key, value)
}
