import { type KeyboardEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { type DeskAction, deskActions, pressedKeys } from './key-map.ts'
import type { DeskKeys } from './use-own-keys.ts'

/** Gives the desk's actions keys of one's own: press the button of an action, then the key. What is taken is refused. */
export function KeyDialog({ open, onOpenChange, keys }: { open: boolean; onOpenChange: (open: boolean) => void; keys: DeskKeys }) {
  const [waiting, setWaiting] = useState<DeskAction | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const onKeyDown = (action: DeskAction) => (event: KeyboardEvent) => {
    if (waiting !== action) return
    const pressed = pressedKeys(event.nativeEvent)
    if (pressed === null || pressed === 'tab' || pressed === 'shift+tab') return
    event.preventDefault()
    event.stopPropagation()
    setWaiting(null)
    setProblem(pressed === 'escape' ? null : keys.remap(action, pressed))
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setWaiting(null)
        setProblem(null)
        onOpenChange(next)
      }}
      title="Your keys"
      description="Press the key of an action, then the one that you want instead. They are kept for you on this machine."
      startsAt="button"
      actions={
        <Button disabled={!keys.isOwn} onClick={() => keys.reset()}>
          Back to the usual keys
        </Button>
      }
    >
      <p role="alert" className="min-h-4 text-note font-medium text-bad">
        {problem}
      </p>
      <dl className="gap-x-8 sm:columns-2">
        {(Object.keys(deskActions) as DeskAction[]).map((action) => (
          <div key={action} className="flex min-h-10 break-inside-avoid items-center justify-between gap-3 border-b border-line py-1">
            <dt className="min-w-0">{deskActions[action].label}</dt>
            <dd>
              <button
                type="button"
                aria-pressed={waiting === action}
                onClick={() => setWaiting(waiting === action ? null : action)}
                onBlur={() => setWaiting(null)}
                onKeyDown={onKeyDown(action)}
                className={cx('rounded-md px-2 py-1 text-note hover:bg-hover', waiting === action && 'bg-accent-soft text-accent')}
              >
                {waiting === action ? 'Press a key' : <Kbd keys={keys.keys(action)} />}
                <span className="sr-only">
                  {waiting === action ? '' : keys.keys(action)}, change the key of {deskActions[action].label}
                </span>
              </button>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
