import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let lost = false

/** Whether an answer said that nobody is signed in any more. The page stays as it is, and a dialog asks to sign in again. */
export const sessionLost = {
  set(value: boolean): void {
    lost = value
    for (const listener of listeners) listener()
  },
  use: (): boolean =>
    useSyncExternalStore(
      (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      () => lost,
    ),
}
