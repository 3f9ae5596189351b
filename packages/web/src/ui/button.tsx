import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Kbd } from './kbd.tsx'
import { Tooltip } from './tooltip.tsx'

const base =
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:opacity-50'
const variants = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border-line-strong/60 bg-surface text-ink hover:bg-hover',
  quiet: 'border-transparent text-ink-soft hover:bg-hover hover:text-ink',
  danger: 'border-transparent bg-bad text-paper hover:bg-bad/90',
} as const
const sizes = { small: 'h-7 px-2 text-note', medium: 'h-8 px-3 pointer-coarse:h-10' } as const

export type ButtonVariant = keyof typeof variants
export type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant
  size?: keyof typeof sizes
  icon?: ReactNode
  /** Printed on the button; registering the key is the page's part. */
  shortcut?: string | undefined
  /** Work under way: the button keeps its width and place, and cannot be pressed twice. */
  busy?: boolean
}

/** Classes of a button, for links that look like one. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: keyof typeof sizes = 'medium'): string {
  return cx(base, variants[variant], sizes[size])
}

/** A button whose words say what happens. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  icon,
  shortcut,
  busy = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      disabled={rest.disabled === true || busy}
      className={cx(buttonClass(variant, size), className)}
    >
      {icon}
      {children}
      {shortcut !== undefined && <Kbd keys={shortcut} tone={variant === 'primary' ? 'inverse' : 'plain'} />}
    </button>
  )
}

export type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label'> & {
  /** Its accessible name, shown as a tooltip. */
  label: string
  shortcut?: string | undefined
  pressed?: boolean | undefined
  size?: keyof typeof sizes
}

/** A square button that holds an icon alone; its name shows on hover and focus. */
export function IconButton({ label, shortcut, pressed, size = 'medium', className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        className={cx(
          base,
          pressed === true ? 'bg-accent-soft text-accent' : variants.quiet,
          size === 'small' ? 'size-7' : 'size-8 pointer-coarse:size-10',
          className,
        )}
      >
        {children}
      </button>
    </Tooltip>
  )
}
