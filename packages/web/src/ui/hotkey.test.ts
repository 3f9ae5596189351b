import { describe, expect, it } from 'vitest'
import { combinationOf, HotkeyRegistry, keyLabels } from './hotkey.ts'

const pressed = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  combinationOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })
const hotkey = (keys: string, whileTyping = false) => ({ keys, label: `does ${keys}`, group: 'Test', run: () => undefined, whileTyping })

describe('combinationOf', () => {
  it('names the modifiers in one order', () => {
    expect(pressed('k', { metaKey: true })).toBe('mod+k')
    expect(pressed('Enter', { ctrlKey: true })).toBe('mod+enter')
    expect(pressed('ArrowLeft', { shiftKey: true, altKey: true })).toBe('shift+alt+arrowleft')
    expect(pressed(' ')).toBe('space')
  })

  it('does not name Shift where it already made another character', () => {
    expect(pressed('?', { shiftKey: true })).toBe('?')
    expect(pressed('!', { shiftKey: true })).toBe('!')
    expect(pressed('Z', { shiftKey: true, ctrlKey: true })).toBe('mod+shift+z')
  })
})

describe('HotkeyRegistry', () => {
  it('finds the binding of a key and of a sequence', () => {
    const registry = new HotkeyRegistry()
    registry.add([hotkey('j'), hotkey('g t')])
    expect(registry.match('j', 0, false)?.keys).toBe('j')
    expect(registry.match('g', 0, false)).toBeNull()
    expect(registry.match('t', 400, false)?.keys).toBe('g t')
    expect(registry.match('t', 500, false)).toBeNull()
  })

  it('lets a sequence lapse after a second, and a wrong key start anew', () => {
    const registry = new HotkeyRegistry()
    registry.add([hotkey('j'), hotkey('g t')])
    registry.match('g', 0, false)
    expect(registry.match('t', 1_500, false)).toBeNull()
    registry.match('g', 2_000, false)
    expect(registry.match('j', 2_100, false)?.keys).toBe('j')
    registry.match('g', 3_000, false)
    registry.match('g', 3_100, false)
    expect(registry.match('t', 3_200, false)?.keys).toBe('g t')
  })

  it('is dead while typing, but for what says otherwise', () => {
    const registry = new HotkeyRegistry()
    registry.add([hotkey('j'), hotkey('g t'), hotkey('mod+k', true)])
    expect(registry.match('j', 0, true)).toBeNull()
    registry.match('g', 0, true)
    expect(registry.match('t', 100, true)).toBeNull()
    expect(registry.match('mod+k', 0, true)?.keys).toBe('mod+k')
  })

  it('refuses keys that are taken, also as the beginning of a sequence', () => {
    const registry = new HotkeyRegistry()
    const remove = registry.add([hotkey('g t')])
    expect(() => registry.add([hotkey('g t')])).toThrow('taken by "does g t"')
    expect(() => registry.add([hotkey('g')])).toThrow('taken')
    remove()
    expect(() => registry.add([hotkey('g')])).not.toThrow()
    expect(() => registry.add([hotkey('g x')])).toThrow('taken')
  })

  it('adds all of a set or nothing', () => {
    const registry = new HotkeyRegistry()
    registry.add([hotkey('a')])
    expect(() => registry.add([hotkey('b'), hotkey('a')])).toThrow('taken')
    expect(registry.list().map(({ keys }) => keys)).toEqual(['a'])
  })
})

describe('keyLabels', () => {
  it('names keys as the keyboard does', () => {
    expect(keyLabels('g t')).toEqual(['G', 'T'])
    expect(keyLabels('shift+arrowup')).toEqual(['⇧', '↑'])
  })
})
