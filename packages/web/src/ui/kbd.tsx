import { cx } from './cx.ts'
import { keyLabels } from './hotkey.ts'

/** A key or a sequence as it is printed on the keyboard: `mod+k` is ⌘K or Ctrl K, `g t` is G then T. */
export function Kbd({ keys, tone = 'plain' }: { keys: string; tone?: 'plain' | 'inverse' }) {
  return (
    <kbd aria-hidden="true" className="inline-flex items-center gap-0.5">
      {keyLabels(keys).map((label, index) => (
        <span
          key={`${index}${label}`}
          className={cx(
            'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border px-1 font-sans text-[0.6875rem] leading-none',
            tone === 'inverse' ? 'border-on-accent/40 text-on-accent' : 'border-line bg-paper text-ink-soft',
          )}
        >
          {label}
        </span>
      ))}
    </kbd>
  )
}
