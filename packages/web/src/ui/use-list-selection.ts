import { useState } from 'react'
import { useHotkeys } from './use-hotkeys.ts'

/**
 * The row that the keyboard is on: `j` and `k` move it, `o` opens it. −1 while none is selected.
 * @param count number of rows, 0 or more.
 * @param onMove called with the new row, to bring it into view.
 */
export function useListSelection(count: number, { onOpen, onMove }: { onOpen: (index: number) => void; onMove?: (index: number) => void }) {
  const [chosen, setIndex] = useState(-1)
  // The list may have become shorter since.
  const index = Math.min(chosen, count - 1)
  const move = (step: number) => {
    if (count === 0) return
    const next = Math.min(count - 1, Math.max(0, index + step))
    setIndex(next)
    onMove?.(next)
  }
  useHotkeys([
    { keys: 'j', label: 'Next row', group: 'List', run: () => move(1) },
    { keys: 'k', label: 'Previous row', group: 'List', run: () => move(-1) },
    { keys: 'o', label: 'Open the row', group: 'List', run: () => index >= 0 && onOpen(index) },
  ])
  return { index, setIndex }
}
