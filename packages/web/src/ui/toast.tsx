import { Toast as Base } from '@base-ui/react/toast'
import { X } from 'lucide-react'

const manager = Base.createToastManager()

export type ToastOptions = {
  description?: string
  tone?: 'plain' | 'bad'
  /** Takes back what was just done. */
  undo?: () => void
}

/** Says what has happened. Callable from anywhere; failures are read out at once, and stay until dismissed. */
export function toast(title: string, { description, tone = 'plain', undo }: ToastOptions = {}): void {
  const id = manager.add({
    title,
    ...(description === undefined ? {} : { description }),
    type: tone,
    timeout: tone === 'bad' ? 0 : undo === undefined ? 4_000 : 8_000,
    priority: tone === 'bad' ? 'high' : 'low',
    ...(undo === undefined
      ? {}
      : {
          actionProps: {
            children: 'Undo',
            onClick: () => {
              manager.close(id)
              undo()
            },
          },
        }),
  })
}

/** Where toasts appear: once, in the shell; in the middle, because what is pressed next stands at an edge. */
export function ToastRegion() {
  return (
    <Base.Provider toastManager={manager} limit={3}>
      <Base.Portal>
        <Base.Viewport className="fixed inset-x-0 bottom-4 z-50 mx-auto flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 max-sm:bottom-20">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function ToastList() {
  const { toasts } = Base.useToastManager()
  return toasts.map((item) => (
    <Base.Root key={item.id} toast={item} className="overlay data-limited:hidden">
      <Base.Content className="flex items-start gap-3 px-4 py-3">
        <span
          aria-hidden="true"
          className={item.type === 'bad' ? 'mt-1.5 size-2 rounded-full bg-bad' : 'mt-1.5 size-2 rounded-full bg-accent'}
        />
        <div className="min-w-0 flex-1">
          <Base.Title className="text-body font-medium" />
          <Base.Description className="text-note text-ink-soft" />
        </div>
        <Base.Action className="rounded-sm font-medium text-accent hover:underline" />
        <Base.Close aria-label="Dismiss" className="rounded-sm p-0.5 text-ink-faint hover:text-ink">
          <X className="size-4" aria-hidden="true" />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ))
}
