import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { Kbd } from './kbd.tsx'

type AnswerButtonProps = {
  label: string
  shortcut?: string
  isOn: boolean
  onClick: () => void
  className?: string
  /** What is seen in the place of the label: a sign or a number. */
  children?: ReactNode
}

/** One answer as a button that stays pressed. */
export function AnswerButton({ label, shortcut, isOn, onClick, className, children }: AnswerButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onClick}
      className={cx(
        'inline-flex h-8 min-w-9 items-center justify-center gap-1.5 rounded-md border px-2 font-medium transition-colors pointer-coarse:h-11',
        isOn ? 'border-accent bg-accent text-on-accent' : 'border-line-strong/60 bg-surface text-ink hover:bg-hover',
        className,
      )}
    >
      {children === undefined ? (
        label
      ) : (
        <>
          <span className="sr-only">{label}</span>
          <span aria-hidden="true">{children}</span>
        </>
      )}
      {shortcut !== undefined && <Kbd keys={shortcut} tone={isOn ? 'inverse' : 'plain'} />}
    </button>
  )
}
