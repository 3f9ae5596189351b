import { useEffect, useRef, useSyncExternalStore } from 'react'
import { combinationOf, type Hotkey, HotkeyRegistry } from './hotkey.ts'

const registry = new HotkeyRegistry()
const listeners = new Set<() => void>()
let snapshot: Hotkey[] = []

function changed(): void {
  snapshot = registry.list()
  for (const listener of listeners) listener()
}

/** Whether keys belong to what has the focus: a field, or an overlay with keys of its own. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])') ||
    target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null
  )
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return
  const hotkey = registry.match(combinationOf(event), event.timeStamp, isTaken(event.target))
  if (hotkey === null) return
  event.preventDefault()
  hotkey.run()
}

/**
 * Binds keys while the component is on screen. They are dead while typing, and keys that another binding on screen already has are refused.
 * `run` may change on every render; keys and labels should not.
 */
export function useHotkeys(hotkeys: readonly Hotkey[]): void {
  const current = useRef(hotkeys)
  useEffect(() => {
    current.current = hotkeys
  })
  const signature = hotkeys.map(({ keys, label }) => `${keys}\n${label}`).join('\n\n')
  useEffect(() => {
    const remove = registry.add(current.current.map((hotkey, index) => ({ ...hotkey, run: () => current.current[index]?.run() })))
    changed()
    return () => {
      remove()
      changed()
    }
  }, [signature])
}

/** All bindings on screen, for the shortcut sheet. */
export function useActiveHotkeys(): Hotkey[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => snapshot,
  )
}

/** Starts listening to the keyboard; answers with what stops it. Called once by the shell. */
export function listenToKeyboard(): () => void {
  document.addEventListener('keydown', onKeyDown)
  return () => document.removeEventListener('keydown', onKeyDown)
}
