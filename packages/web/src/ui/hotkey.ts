/** One key or sequence and what it does. Keys: `j`, `?`, `mod+enter`, `shift+alt+arrowleft`, or a sequence such as `g t`. */
export type Hotkey = {
  keys: string
  /** What happens, for the sheet. */
  label: string
  /** Heading in the sheet. */
  group: string
  run: () => void
  /** Works while typing in a field too; for keys with a modifier. */
  whileTyping?: boolean
}

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')
const names: Record<string, string> = {
  mod: isApple ? '⌘' : 'Ctrl',
  shift: '⇧',
  alt: isApple ? '⌥' : 'Alt',
  enter: '↵',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  space: 'Space',
  backspace: '⌫',
}

/** What each key of a combination or sequence is called on the reader's keyboard. */
export function keyLabels(keys: string): string[] {
  return keys.split(' ').flatMap((combination) => combination.split('+').map((key) => names[key] ?? key.toUpperCase()))
}

/** What was pressed, in the notation of `Hotkey.keys`. Shift is named only where it does not already change the character. */
export function combinationOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  const named = key.length > 1 || /[a-z]/.test(key)
  return [event.ctrlKey || event.metaKey ? 'mod' : '', event.shiftKey && named ? 'shift' : '', event.altKey ? 'alt' : '', key]
    .filter((part) => part !== '')
    .join('+')
}

/**
 * The hotkeys of everything on screen. Two bindings that could not both be reached are refused when the second one arrives: the same keys, or
 * a key that begins another's sequence.
 */
export class HotkeyRegistry {
  readonly #bindings = new Set<Hotkey>()
  #pending = ''
  #pendingSince = 0

  /** Adds bindings and answers with what removes them. @throws Error naming both labels when the keys collide. */
  add(hotkeys: readonly Hotkey[]): () => void {
    const taken = [...this.#bindings]
    for (const hotkey of hotkeys) {
      for (const other of taken) {
        if (hotkey.keys === other.keys || hotkey.keys.startsWith(`${other.keys} `) || other.keys.startsWith(`${hotkey.keys} `))
          throw new Error(`The keys "${hotkey.keys}" for "${hotkey.label}" are taken by "${other.label}" ("${other.keys}").`)
      }
      taken.push(hotkey)
    }
    for (const hotkey of hotkeys) this.#bindings.add(hotkey)
    return () => {
      for (const hotkey of hotkeys) this.#bindings.delete(hotkey)
    }
  }

  list(): Hotkey[] {
    return [...this.#bindings]
  }

  /** The binding that a pressed combination completes, or null. The keys of a sequence may be a second apart. `now` is in milliseconds. */
  match(combination: string, now: number, typing: boolean): Hotkey | null {
    const start = this.#pending !== '' && now - this.#pendingSince < 1_000 ? `${this.#pending} ` : ''
    this.#pending = ''
    for (const keys of new Set([`${start}${combination}`, combination])) {
      for (const hotkey of this.#bindings) {
        if (typing && hotkey.whileTyping !== true) continue
        if (hotkey.keys === keys) return hotkey
        if (hotkey.keys.startsWith(`${keys} `)) {
          this.#pending = keys
          this.#pendingSince = now
        }
      }
      if (this.#pending !== '') return null
    }
    return null
  }
}
