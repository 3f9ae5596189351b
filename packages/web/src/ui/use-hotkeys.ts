import { useEffect, useRef, useSyncExternalStore } from 'react'
import { combinationOf, type Hotkey, HotkeyRegistry } from './hotkey.ts'

const registry = new HotkeyRegistry()
const listeners = new Set<() => void>()
let snapshot: Hotkey[] = []

function changed(): void {
  snapshot = registry.list()
  for (const listener of listeners) listener()
}

/** Whether keys are typed into what has the focus. */
function isTyping(target: HTMLElement): boolean {
  return target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])')
}

/** Whether a key belongs to what has the focus: everything to an overlay, Space and Enter to what they press, arrows to what they scroll. */
function isTaken(target: HTMLElement, key: string): boolean {
  if (target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null) return true
  if (target.tabIndex === 0 && /^(arrowup|arrowdown|space)$/.test(key) && scrolls(target, 'Height')) return true
  if (target.tabIndex === 0 && /^arrow(left|right)$/.test(key) && scrolls(target, 'Width')) return true
  return (key === 'space' || key === 'enter') && target.matches('button, a[href], summary, [role=button], input')
}

function scrolls(target: HTMLElement, side: 'Height' | 'Width'): boolean {
  const overflow = getComputedStyle(target)[side === 'Height' ? 'overflowY' : 'overflowX']
  return (overflow === 'auto' || overflow === 'scroll') && target[`scroll${side}`] > target[`client${side}`]
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return
  const target = event.target instanceof HTMLElement ? event.target : document.body
  const combination = combinationOf(event)
  if (isTaken(target, combination)) return
  const hotkey = registry.match(combination, event.timeStamp, isTyping(target))
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
