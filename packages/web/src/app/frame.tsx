import { type ReactNode, useEffect } from 'react'
import { ToastRegion } from '../ui/toast.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'
import { listenToKeyboard, useHotkeys } from '../ui/use-hotkeys.ts'
import { openPalette, openSheet, Overlays } from './overlay.tsx'
import { SignInAgain } from './sign-in-again.tsx'

/** What every page of a project has, whatever stands around it: the keyboard, the palette, the sheet of keys, messages, signing in again. */
export function Frame({ children }: { children: ReactNode }) {
  useEffect(listenToKeyboard, [])
  useHotkeys([
    { keys: 'mod+k', label: 'Find a page or an action', group: 'Everywhere', run: openPalette, whileTyping: true },
    { keys: '?', label: 'Show the keys on this page', group: 'Everywhere', run: openSheet },
  ])
  return (
    <TooltipProvider>
      {children}
      <Overlays />
      <SignInAgain />
      <ToastRegion />
    </TooltipProvider>
  )
}
