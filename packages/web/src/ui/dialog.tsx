import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { Button } from './button.tsx'
import { cx } from './cx.ts'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  /** Buttons at the foot, the main one last. */
  actions?: ReactNode
  wide?: boolean
  /** Stays open until one of its buttons is pressed; for work that must not be lost. */
  persistent?: boolean
  /** What has the focus first: the first field, where there is one, or the first button of the body. */
  startsAt?: 'field' | 'button'
}

/** A dialog over the page. Focus goes in, stays in, and returns to where it came from. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  actions,
  wide = false,
  persistent = false,
  startsAt = 'field',
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  // Where there is none of the kind, the popup's own first button.
  const first = () =>
    popup.current?.querySelector<HTMLElement>(startsAt === 'field' ? 'input, textarea' : '[data-dialog-body] button') ?? true
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} disablePointerDismissal={persistent}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 bg-veil transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          ref={popup}
          initialFocus={first}
          className={cx(
            'overlay fixed top-[max(2rem,12vh)] left-1/2 flex max-h-[min(84dvh,56rem)] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col',
            wide ? 'max-w-3xl' : 'max-w-lg',
          )}
        >
          <div className="flex items-start gap-4 px-5 pt-4">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-read font-semibold">{title}</Base.Title>
              {description !== undefined && <Base.Description className="mt-0.5 text-ink-soft">{description}</Base.Description>}
            </div>
            {!persistent && (
              <Base.Close aria-label="Close" className="-mr-2 rounded-md p-1.5 text-ink-faint hover:bg-hover hover:text-ink">
                <X className="size-4" aria-hidden="true" />
              </Base.Close>
            )}
          </div>
          {children !== undefined && (
            <div data-dialog-body className="min-h-0 overflow-y-auto px-5 pt-4 pb-5">
              {children}
            </div>
          )}
          {actions !== undefined && <div className="flex flex-wrap justify-end gap-2 px-5 pt-1 pb-4">{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

export type ConfirmProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** What will be lost, in a sentence. */
  description: ReactNode
  /** What the button does, as a verb: "Revoke key". */
  action: string
  onConfirm: () => void
  busy?: boolean
  /** `danger`, where something is lost for good, unless said otherwise. */
  tone?: 'danger' | 'primary'
}

/** Asks before something that cannot be undone or is felt at once by others. What can be undone offers undo instead. */
export function Confirm({ open, onOpenChange, title, description, action, onConfirm, busy = false, tone = 'danger' }: ConfirmProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant={tone} onClick={onConfirm} busy={busy}>
            {action}
          </Button>
        </>
      }
    />
  )
}
