import { cx } from '../../ui/cx.ts'
import { Kbd } from '../../ui/kbd.tsx'
import type { Option } from './shown-option.ts'

export type OptionListProps = {
  label: string
  options: readonly Option[]
  isOn: (value: Option['value']) => boolean
  onChoose: (value: Option['value']) => void
}

/**
 * Answers to choose from, as buttons that stay pressed. Options that explain themselves stand one under the other with their sentence and example;
 * plain ones side by side.
 */
export function OptionList({ label, options, isOn, onChoose }: OptionListProps) {
  const isExplained = options.some(({ description, example }) => description !== '' || example !== '')
  return (
    <fieldset aria-label={label} className={cx('flex min-w-0', isExplained ? 'flex-col gap-1.5' : 'flex-wrap gap-1')}>
      {options.map((option) => (
        <div key={String(option.value)} className={isExplained ? 'min-w-0' : 'min-w-0 flex-1 basis-auto'}>
          <button
            type="button"
            aria-pressed={isOn(option.value)}
            onClick={() => onChoose(option.value)}
            className={cx(
              'flex w-full min-w-9 items-start gap-2 rounded-md border px-2 py-1.5 text-left transition-colors pointer-coarse:min-h-11 pointer-coarse:items-center',
              isExplained ? '' : 'justify-center',
              isOn(option.value) ? 'border-accent bg-accent text-on-accent' : 'border-line-strong/60 bg-surface text-ink hover:bg-hover',
            )}
          >
            <span className="min-w-0 flex-1 break-words">
              <span className="font-medium">{option.label}</span>
              {option.description !== '' && (
                <span className={cx('block text-note', isOn(option.value) ? 'text-on-accent' : 'text-ink-soft')}>{option.description}</span>
              )}
            </span>
            {option.keys.map((key) => (
              <Kbd key={key} keys={key} tone={isOn(option.value) ? 'inverse' : 'plain'} />
            ))}
          </button>
          {option.example !== '' && (
            <details className="mt-0.5 px-2 text-note text-ink-soft">
              <summary className="min-h-6 cursor-pointer rounded-sm py-1 text-ink-faint">Example</summary>
              <p dir="auto" className="mt-0.5 border-l-2 border-line pl-2 break-words whitespace-pre-wrap">
                {option.example}
              </p>
            </details>
          )}
        </div>
      ))}
    </fieldset>
  )
}
