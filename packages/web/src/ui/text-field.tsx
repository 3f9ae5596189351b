import { Field } from '@base-ui/react/field'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

/** Look of every control that text is typed into. */
export const controlClass =
  'w-full rounded-md border border-line-strong bg-surface px-2.5 text-body text-ink transition-colors hover:border-ink-faint focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-bad pointer-coarse:text-read'

export type FieldFrameProps = {
  label: ReactNode
  /** Names the control for screen readers alone. */
  labelHidden?: boolean
  hint?: ReactNode
  error?: string | undefined
  className?: string | undefined
}

/** Label above, control, then the error or the hint: the same for every field. */
export function FieldFrame({ label, labelHidden = false, hint, error, className, children }: FieldFrameProps & { children: ReactNode }) {
  return (
    <Field.Root invalid={error !== undefined} className={cx('flex min-w-0 flex-col gap-1', className)}>
      <Field.Label className={labelHidden ? 'sr-only' : 'font-medium'}>{label}</Field.Label>
      {children}
      {error !== undefined && (
        <Field.Error match role="alert" className="text-note text-bad">
          {error}
        </Field.Error>
      )}
      {error === undefined && hint !== undefined && <Field.Description className="text-note text-ink-faint">{hint}</Field.Description>}
    </Field.Root>
  )
}

export type TextFieldProps = FieldFrameProps &
  Omit<ComponentProps<'input'>, 'className' | 'color' | 'defaultValue'> & { defaultValue?: string }

/** One line of text. `error` is a sentence that says what to do. */
export function TextField({ label, labelHidden, hint, error, className, ...input }: TextFieldProps) {
  return (
    <FieldFrame {...frame({ label, labelHidden, hint, error, className })}>
      <Field.Control {...input} className={cx(controlClass, 'h-8 pointer-coarse:h-10')} />
    </FieldFrame>
  )
}

export type TextAreaProps = FieldFrameProps &
  Omit<ComponentProps<'textarea'>, 'className'> & {
    /** Begins with one line, for a sentence that is short as a rule. */
    isShort?: boolean
  }

/** Several lines; grows with its content. */
export function TextArea({ label, labelHidden, hint, error, className, isShort = false, ...input }: TextAreaProps) {
  return (
    <FieldFrame {...frame({ label, labelHidden, hint, error, className })}>
      <Field.Control
        render={
          <textarea
            {...input}
            className={cx(
              controlClass,
              'field-sizing-content',
              isShort
                ? 'min-h-8 resize-none py-1.25 leading-5 pointer-coarse:min-h-10 pointer-coarse:py-2'
                : 'min-h-18 resize-y py-1.5 leading-6',
            )}
          />
        }
      />
    </FieldFrame>
  )
}

/** Leaves out what was not given, which exact optional properties ask for. */
function frame(props: {
  label: ReactNode
  labelHidden: boolean | undefined
  hint: ReactNode
  error: string | undefined
  className: string | undefined
}): FieldFrameProps {
  const { label, labelHidden = false, hint, error, className } = props
  return { label, labelHidden, hint, error, className }
}
