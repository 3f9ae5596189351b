import { useSyncExternalStore } from 'react'

export type Theme = 'system' | 'light' | 'dark'
const storageKey = 'plaudit.theme'
const listeners = new Set<() => void>()

function stored(): Theme {
  try {
    const theme = localStorage.getItem(storageKey)
    return theme === 'light' || theme === 'dark' ? theme : 'system'
  } catch {
    // Storage is blocked: the system's theme it is.
    return 'system'
  }
}

/** Puts the reader's choice into effect; called before the first paint and after each change. */
export function applyTheme(theme: Theme = stored()): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

export function setTheme(theme: Theme): void {
  try {
    localStorage.setItem(storageKey, theme)
  } catch {
    // Blocked storage keeps the choice for this page alone.
  }
  applyTheme(theme)
  for (const listener of listeners) listener()
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => (document.documentElement.dataset['theme'] as Theme | undefined) ?? 'system',
  )
}
