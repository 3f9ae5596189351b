import { useEffect, useRef, useSyncExternalStore } from 'react'

/** Something that the palette can do. */
export type Command = { id: string; label: string; group: string; shortcut?: string; keywords?: string; run: () => void }

const lists = new Set<readonly Command[]>()
const listeners = new Set<() => void>()
let snapshot: Command[] = []

function changed(): void {
  snapshot = [...lists].flat()
  for (const listener of listeners) listener()
}

/** Offers commands in the palette while the component is on screen. */
export function useCommands(commands: readonly Command[]): void {
  const current = useRef(commands)
  useEffect(() => {
    current.current = commands
  })
  const signature = commands.map(({ id, label }) => `${id}\n${label}`).join('\n\n')
  useEffect(() => {
    const list = current.current.map((command, index) => ({ ...command, run: () => current.current[index]?.run() }))
    lists.add(list)
    changed()
    return () => {
      lists.delete(list)
      changed()
    }
  }, [signature])
}

/** All commands on screen. */
export function useActiveCommands(): Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => snapshot,
  )
}

/**
 * Commands that match what was typed, best first: every typed word must begin a word of the label or keywords, or stand inside one. An empty
 * text gives all in their order.
 */
export function rankCommands<C extends Pick<Command, 'label' | 'keywords' | 'group'>>(commands: readonly C[], text: string): C[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const scored = commands.flatMap((command) => {
    const haystack = ` ${command.label} ${command.keywords ?? ''} ${command.group}`.toLowerCase()
    let score = 0
    for (const word of words) {
      if (haystack.startsWith(` ${word}`)) score += 3
      else if (haystack.includes(` ${word}`)) score += 2
      else if (haystack.includes(word)) score += 1
      else return []
    }
    return [{ command, score }]
  })
  return scored.toSorted((a, b) => b.score - a.score).map(({ command }) => command)
}
