import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Kbd } from './kbd.tsx'

export type MenuEntry =
  | { label: ReactNode; icon?: ReactNode; shortcut?: string; danger?: boolean; disabled?: boolean; checked?: boolean; onSelect: () => void }
  | 'separator'

/** Actions behind one button. */
export function Menu({
  trigger,
  entries,
  align = 'start',
}: {
  trigger: ReactElement
  entries: readonly MenuEntry[]
  align?: 'start' | 'end'
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-40">
          <Base.Popup className="overlay max-h-(--available-height) min-w-44 overflow-y-auto p-1">
            {entries.map((entry, index) =>
              entry === 'separator' ? (
                <Base.Separator key={index} className="my-1 h-px bg-line" />
              ) : (
                <Base.Item
                  key={index}
                  disabled={entry.disabled === true}
                  onClick={entry.onSelect}
                  className={cx(
                    'flex cursor-default items-center gap-2 rounded-sm px-2 py-1.5 outline-none select-none data-disabled:text-ink-faint data-highlighted:bg-hover [&>svg]:size-3.5',
                    entry.danger === true && 'text-bad',
                  )}
                >
                  {entry.icon}
                  <span className="min-w-0 flex-1 truncate">{entry.label}</span>
                  {entry.checked === true && <span aria-label="current">✓</span>}
                  {entry.shortcut !== undefined && <Kbd keys={entry.shortcut} />}
                </Base.Item>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
