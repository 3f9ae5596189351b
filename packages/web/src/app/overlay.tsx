import { useSyncExternalStore } from 'react'
import { CommandPalette } from '../ui/command-palette.tsx'
import { ShortcutSheet } from '../ui/shortcut-sheet.tsx'

type Overlay = 'palette' | 'sheet' | null
let current: Overlay = null
const listeners = new Set<() => void>()

function show(overlay: Overlay): void {
  current = overlay
  for (const listener of listeners) listener()
}

export const openPalette = () => show('palette')
export const openSheet = () => show('sheet')

/** The palette and the shortcut sheet: one of them at a time, opened from anywhere. */
export function Overlays() {
  const overlay = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
  return (
    <>
      <CommandPalette open={overlay === 'palette'} onOpenChange={(open) => show(open ? 'palette' : null)} />
      <ShortcutSheet open={overlay === 'sheet'} onOpenChange={(open) => show(open ? 'sheet' : null)} />
    </>
  )
}
