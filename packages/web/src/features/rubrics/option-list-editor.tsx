import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { keyFrom, newOption, type OptionDraft } from './criterion-draft.ts'
import { digitOf } from './rubric-problem.ts'

export type OptionListEditorProps = {
  /** What the options are: "Points", "Labels". */
  legend: string
  /** One of them: "point", "label". */
  noun: string
  options: readonly OptionDraft[]
  onChange: (options: OptionDraft[]) => void
  /** Values are whole numbers that are typed, as on a scale. */
  numbered?: boolean
  /** As many as there are, in their order. */
  fixed?: boolean
  /** At least so many. */
  least?: number
  /** Keys can be given; options without one are chosen by the number of their place. */
  keyed?: boolean
  problemOf: (optionId: string) => string | undefined
}

/** The options of a criterion: label, meaning, key, and an example for each. */
export function OptionListEditor({
  legend,
  noun,
  options,
  onChange,
  numbered = false,
  fixed = false,
  least = 0,
  keyed = true,
  problemOf,
}: OptionListEditorProps) {
  const set = (id: string, change: Partial<OptionDraft>) =>
    onChange(options.map((option) => (option.id === id ? { ...option, ...change } : option)))
  const move = (from: number, to: number) => {
    const next = [...options]
    const [moved] = next.splice(from, 1)
    if (moved !== undefined) next.splice(to, 0, moved)
    onChange(next)
  }
  const add = () => {
    const numbers = options.map(({ value }) => Number(value)).filter(Number.isFinite)
    onChange([...options, newOption(numbered ? { value: String(numbers.length === 0 ? 1 : Math.max(...numbers) + 1) } : {})])
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium">{legend}</legend>
      <ol className="flex flex-col">
        {options.map((option, index) => {
          const name = option.label === '' ? `${noun} ${index + 1}` : option.label
          const problem = problemOf(option.id)
          return (
            <li key={option.id} className="border-b border-line py-2 first:border-t">
              <div className="flex flex-wrap items-start gap-2">
                {numbered && (
                  <TextField
                    label={`Number of ${name}`}
                    labelHidden
                    inputMode="numeric"
                    className="w-14"
                    value={option.value}
                    onChange={(event) => set(option.id, { value: event.target.value })}
                  />
                )}
                <TextField
                  label={`Label of ${noun} ${index + 1}`}
                  labelHidden
                  placeholder="Label"
                  className="min-w-32 flex-1 basis-32"
                  value={option.label}
                  maxLength={200}
                  aria-invalid={problem !== undefined || undefined}
                  onChange={(event) => set(option.id, { label: event.target.value })}
                />
                <TextArea
                  isShort
                  label={`What ${name} means`}
                  labelHidden
                  placeholder="What it means, in a sentence"
                  className="order-last basis-full sm:order-none sm:min-w-40 sm:flex-[2] sm:basis-40"
                  value={option.description}
                  maxLength={2_000}
                  onChange={(event) => set(option.id, { description: event.target.value })}
                />
                {keyed && (
                  <TextField
                    label={`Key of ${name}`}
                    labelHidden
                    placeholder={digitOf(option, options, numbered) ?? 'Key'}
                    className="w-12"
                    value={option.hotkey}
                    maxLength={1}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(event) => set(option.id, { hotkey: event.target.value.toLowerCase() })}
                  />
                )}
                {!fixed && (
                  <span className="flex">
                    <IconButton size="small" label={`Move ${name} up`} disabled={index === 0} onClick={() => move(index, index - 1)}>
                      <ArrowUp className="size-3.5" aria-hidden="true" />
                    </IconButton>
                    <IconButton
                      size="small"
                      label={`Move ${name} down`}
                      disabled={index === options.length - 1}
                      onClick={() => move(index, index + 1)}
                    >
                      <ArrowDown className="size-3.5" aria-hidden="true" />
                    </IconButton>
                    <IconButton
                      size="small"
                      label={`Remove ${name}`}
                      disabled={options.length <= least}
                      onClick={() => onChange(options.filter(({ id }) => id !== option.id))}
                    >
                      <X className="size-3.5" aria-hidden="true" />
                    </IconButton>
                  </span>
                )}
              </div>
              {problem !== undefined && (
                <p role="alert" className="mt-1 text-note text-bad">
                  {problem}
                </p>
              )}
              <details className="mt-1">
                <summary className={cx('cursor-pointer rounded-sm text-note', option.example === '' ? 'text-ink-faint' : 'text-ink-soft')}>
                  {option.example === '' ? 'Add an example' : 'Example'}
                  {!fixed && !numbered && ` · stored as ${option.value === '' ? keyFrom(option.label) || '…' : option.value}`}
                </summary>
                <div className="mt-2 mb-1 flex flex-col gap-2">
                  <TextArea
                    label={`Example of ${name}`}
                    labelHidden
                    placeholder="A piece of output for which this is the right answer"
                    value={option.example}
                    maxLength={2_000}
                    onChange={(event) => set(option.id, { example: event.target.value })}
                  />
                  {!fixed && !numbered && (
                    <TextField
                      label={`${name} is stored as`}
                      placeholder={keyFrom(option.label)}
                      className="max-w-64"
                      value={option.value}
                      maxLength={200}
                      onChange={(event) => set(option.id, { value: event.target.value })}
                    />
                  )}
                </div>
              </details>
            </li>
          )
        })}
      </ol>
      {keyed && options.length > 0 && (
        <p className="mt-1 text-note text-ink-faint">The narrow field is a key of its own beside the digit that chooses it.</p>
      )}
      {!fixed && (
        <Button className="mt-2" size="small" icon={<Plus className="size-3.5" aria-hidden="true" />} onClick={add}>
          Add a {noun}
        </Button>
      )}
    </fieldset>
  )
}
