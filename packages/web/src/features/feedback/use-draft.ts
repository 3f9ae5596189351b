import { useEffect, useState } from 'react'

const prefix = 'plaudit.draft.'

/** A value that survives leaving the page: kept on this machine as it changes, until `clear`. `fallback` where there is no draft. */
export function useDraft<T>(key: string, fallback: T): [value: T, set: (value: T) => void, clear: () => void] {
  const [state, setState] = useState(() => ({ key, value: read<T>(key) ?? fallback }))
  // Another target has its own draft.
  const value = state.key === key ? state.value : (read<T>(key) ?? fallback)
  useEffect(() => {
    if (state.key !== key) setState({ key, value })
  }, [state.key, key, value])
  const set = (next: T) => {
    setState({ key, value: next })
    write(key, JSON.stringify(next))
  }
  const clear = () => {
    setState({ key, value: fallback })
    write(key, null)
  }
  return [value, set, clear]
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
