import { Link } from '@tanstack/react-router'
import { Plus, Search, X } from 'lucide-react'
import { useState } from 'react'
import { useProject } from '../../app/client.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { ExamplePicker } from './example-picker.tsx'
import type { GuidelineDraft } from './guideline-draft.ts'

type Examples = GuidelineDraft['examples']

/** Good and bad examples, taken from real traffic or written by hand, each with its reason. */
export function ExampleListEditor({ examples, onChange }: { examples: Examples; onChange: (examples: Examples) => void }) {
  const { slug } = useProject()
  const [isPicking, setPicking] = useState(false)
  const set = (id: string, change: Partial<Examples[number]>) =>
    onChange(examples.map((example) => (example.id === id ? { ...example, ...change } : example)))
  const add = (example: Omit<Examples[number], 'id'>) => onChange([...examples, { ...example, id: crypto.randomUUID() }])
  return (
    <section aria-labelledby="examples-heading" className="pt-8">
      <div className="flex flex-wrap items-end justify-between gap-3 pb-3">
        <div>
          <h2 id="examples-heading">Examples</h2>
          <p className="text-ink-soft">A case says more than a rule: one that is good, one that only looks good.</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button icon={<Search className="size-3.5" aria-hidden="true" />} onClick={() => setPicking(true)}>
            From your traffic
          </Button>
          <Button
            variant="quiet"
            icon={<Plus className="size-3.5" aria-hidden="true" />}
            onClick={() => add({ verdict: 'good', text: '', reason: '' })}
          >
            By hand
          </Button>
        </div>
      </div>
      <ol className="flex flex-col">
        {examples.map((example, index) => (
          <li key={example.id} className="flex flex-col gap-2 border-t border-line py-4">
            <div className="flex items-center justify-between gap-3">
              <Segmented
                label={`Verdict on example ${index + 1}`}
                segments={[
                  { value: 'good', label: 'Good' },
                  { value: 'bad', label: 'Bad' },
                ]}
                value={example.verdict}
                onChange={(verdict) => set(example.id, { verdict })}
              />
              <span className="flex items-center gap-2">
                {example.source !== undefined && (
                  <Link
                    to="/p/$project/traces/$traceId"
                    params={{ project: slug, traceId: example.source.traceId }}
                    search={{ span: example.source.spanId }}
                    className="link text-note"
                  >
                    Its trace
                  </Link>
                )}
                <IconButton
                  size="small"
                  label={`Remove example ${index + 1}`}
                  onClick={() => onChange(examples.filter(({ id }) => id !== example.id))}
                >
                  <X className="size-4" aria-hidden="true" />
                </IconButton>
              </span>
            </div>
            <TextArea
              label={`Text of example ${index + 1}`}
              labelHidden
              placeholder="The output"
              dir="auto"
              value={example.text}
              maxLength={50_000}
              onChange={(event) => set(example.id, { text: event.target.value })}
            />
            <TextArea
              isShort
              label={`Reason of example ${index + 1}`}
              labelHidden
              placeholder={`Why it is ${example.verdict}`}
              value={example.reason}
              maxLength={5_000}
              onChange={(event) => set(example.id, { reason: event.target.value })}
            />
          </li>
        ))}
      </ol>
      {isPicking && (
        <ExamplePicker
          onClose={() => setPicking(false)}
          onPick={(example) => {
            add({ ...example, reason: example.reason ?? '' })
            setPicking(false)
          }}
        />
      )}
    </section>
  )
}
