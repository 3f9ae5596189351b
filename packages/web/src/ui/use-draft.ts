import { useState } from 'react'

const prefix = 'plaudit.draft.'

/**
 * A value that survives leaving the page: kept on this machine as it changes, until `clear`. `fallback` where there is no draft. The key is read
 * once: give the component another React key where the draft is another one.
 */
export function useDraft<T>(key: string, fallback: T): [value: T, set: (value: T) => void, clear: () => void] {
  const [value, setValue] = useState(() => read<T>(key) ?? fallback)
  const set = (next: T) => {
    setValue(next)
    write(key, JSON.stringify(next))
  }
  return [value, set, () => write(key, null)]
}

function read<T>(key: string): T | null {
  try {
    const text = localStorage.getItem(prefix + key)
    return text === null ? null : (JSON.parse(text) as T)
  } catch {
    return null
  }
}

function write(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(prefix + key)
    else localStorage.setItem(prefix + key, text)
  } catch {
    // Storage is blocked or full: the draft lives as long as the page.
  }
}
