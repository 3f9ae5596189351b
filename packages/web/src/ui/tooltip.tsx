import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

/** Around the app once: neighbouring tooltips open without a delay. */
export const TooltipProvider = Base.Provider

/** A short hint on hover and focus. The child must be a button or link; the hint never holds what cannot be read elsewhere. */
export function Tooltip({ label, shortcut, children }: { label: ReactNode; shortcut?: string | undefined; children: ReactElement }) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6}>
          <Base.Popup className="overlay flex max-w-72 items-center gap-2 rounded-md px-2 py-1 text-note">
            {label}
            {shortcut !== undefined && <Kbd keys={shortcut} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
