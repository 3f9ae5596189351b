import { lazy, Suspense, useState, useSyncExternalStore } from 'react'

// Loaded when first opened: the shell stays light.
const CommandPalette = lazy(() => import('../ui/command-palette.tsx').then((module) => ({ default: module.CommandPalette })))
const ShortcutSheet = lazy(() => import('../ui/shortcut-sheet.tsx').then((module) => ({ default: module.ShortcutSheet })))

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
  // What was opened once stays, so that it closes with its transition and opens at once.
  const [seen, setSeen] = useState<ReadonlySet<Overlay>>(new Set())
  if (overlay !== null && !seen.has(overlay)) setSeen(new Set([...seen, overlay]))
  return (
    <Suspense fallback={null}>
      {seen.has('palette') && <CommandPalette open={overlay === 'palette'} onOpenChange={(open) => show(open ? 'palette' : null)} />}
      {seen.has('sheet') && <ShortcutSheet open={overlay === 'sheet'} onOpenChange={(open) => show(open ? 'sheet' : null)} />}
    </Suspense>
  )
}
