import { useState } from 'react'
import { AnswerButton } from '../../ui/answer-button.tsx'
import { TextField } from '../../ui/text-field.tsx'

/** What goes wrong most often; a lead adds words of their own. */
const usual = ['overlooked', 'guideline misread', 'too strict', 'too lenient', 'slip'] as const

/** What went wrong in one judgment, as words that can be counted later. */
export function ErrorTags({ person, tags, onChange }: { person: string; tags: readonly string[]; onChange: (tags: string[]) => void }) {
  const [typed, setTyped] = useState('')
  const toggle = (tag: string) => onChange(tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag])
  const add = () => {
    const tag = typed.trim()
    setTyped('')
    if (tag !== '' && !tags.includes(tag)) onChange([...tags, tag])
  }
  return (
    <fieldset className="min-w-0">
      <legend className="pb-1 text-note text-ink-faint">What went wrong with {person}</legend>
      <div className="flex flex-wrap gap-1">
        {[...new Set([...usual, ...tags])].map((tag) => (
          <AnswerButton key={tag} label={tag} isOn={tags.includes(tag)} onClick={() => toggle(tag)} className="h-7! text-note" />
        ))}
        <TextField
          label={`Another word for what went wrong with ${person}`}
          labelHidden
          placeholder="Another"
          className="w-28"
          value={typed}
          maxLength={100}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
      </div>
    </fieldset>
  )
}
