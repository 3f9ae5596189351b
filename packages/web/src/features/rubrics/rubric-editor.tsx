import type { Criterion, Rubric } from '@plaudit/sdk'
import { criteriaSchema } from '@plaudit/protocol'
import { Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DocumentEditor } from '../../ui/document-editor.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Menu } from '../../ui/menu.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { type CriterionDraft, criterionOf, draftOf, keyOf, newCriterion } from './criterion-draft.ts'
import { CriterionEditor } from './criterion-editor.tsx'
import { criterionTypeNames, criterionTypes } from './criterion-type.ts'
import { RubricDiffView } from './rubric-diff-view.tsx'
import { completeCriteria, problemsOf } from './rubric-problem.ts'
import { useSaveRubric } from './use-rubrics.ts'

export type RubricEditorProps = {
  /** The newest version, which is edited; null for a new rubric. */
  base: Rubric | null
  onSaved: (rubric: Rubric) => void
  /** The form as reviewers see it. */
  renderPreview: (criteria: readonly Criterion[]) => ReactNode
}

/** Writes a rubric beside the form that reviewers get. What is typed is kept on this machine until it is saved. */
export function RubricEditor({ base, onSaved, renderPreview }: RubricEditorProps) {
  const first = { name: base?.name ?? '', criteria: base?.criteria.map(draftOf) ?? [newCriterion('ordinal')] }
  const [draft, setDraft, clearDraft] = useDraft(`rubric.${base === null ? 'new' : `${base.id}.${base.version}`}`, first)
  const [isTried, setTried] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const { criteria } = draft
  const setCriteria = (next: CriterionDraft[]) => setDraft({ ...draft, criteria: next })
  const problems = problemsOf(criteria)
  // What is still empty is no fault while it is being written; a collision of keys or values is one at once.
  const shown = isTried ? problems : problems.filter(({ message }) => !/^(Write|Say|Give|Choose)/u.test(message))
  const isChanged =
    JSON.stringify(draft.criteria.map(criterionOf)) !== JSON.stringify(first.criteria.map(criterionOf)) || draft.name !== first.name
  const canSave = draft.name.trim() !== '' && problems.length === 0 && criteria.length > 0 && isChanged

  const move = (from: number, to: number) => {
    const next = [...criteria]
    const [moved] = next.splice(from, 1)
    if (moved !== undefined) next.splice(to, 0, moved)
    setCriteria(next)
  }
  const copy = (one: CriterionDraft) => {
    const twin = { ...one, id: crypto.randomUUID(), isStored: false, key: `${keyOf(one)}_2`.slice(-64), title: `${one.title} (copy)` }
    setCriteria([...criteria.slice(0, criteria.indexOf(one) + 1), twin, ...criteria.slice(criteria.indexOf(one) + 1)])
  }
  return (
    <>
      <DocumentEditor
        words={{ noun: 'rubric', save: 'Save', saved: 'saved', create: 'Create the rubric' }}
        version={base?.version ?? null}
        isChanged={isChanged}
        problem={
          isTried && problems.length > 0
            ? `${problems.length === 1 ? 'One thing is' : `${problems.length} things are`} missing or in each other’s way; see the notes above.`
            : undefined
        }
        onSave={() => {
          setTried(true)
          if (canSave) setSaving(true)
          return canSave
        }}
        onUndo={() => {
          setDraft(first)
          clearDraft()
        }}
        columns="xl:grid-cols-[minmax(0,1fr)_24rem]"
        previewTitle="What reviewers see"
        preview={renderPreview(completeCriteria(criteria))}
        isPinned
      >
        <TextField
          label="Name"
          placeholder="Support replies"
          className="max-w-md pb-5"
          value={draft.name}
          maxLength={100}
          error={isTried && draft.name.trim() === '' ? 'Give the rubric a name.' : undefined}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
        {criteria.map((one, index) => (
          <CriterionEditor
            key={one.id}
            draft={one}
            index={index}
            count={criteria.length}
            earlier={criteria.slice(0, index)}
            problems={shown}
            onChange={(next) => setCriteria(criteria.map((each) => (each.id === one.id ? next : each)))}
            onMove={(to) => move(index, to)}
            onCopy={() => copy(one)}
            onRemove={() => setCriteria(criteria.filter(({ id }) => id !== one.id))}
          />
        ))}
        <div className="border-t border-line pt-4">
          <Menu
            trigger={<Button icon={<Plus className="size-4" aria-hidden="true" />}>Add a criterion</Button>}
            entries={criterionTypeNames.map((type) => ({
              label: (
                <>
                  {criterionTypes[type].label} <span className="text-note text-ink-faint">{criterionTypes[type].says}</span>
                </>
              ),
              onSelect: () => setCriteria([...criteria, newCriterion(type)]),
            }))}
          />
        </div>
      </DocumentEditor>
      {isSaving && (
        <SaveDialog
          base={base}
          name={draft.name.trim()}
          drafts={criteria}
          onClose={() => setSaving(false)}
          onSaved={(rubric) => {
            clearDraft()
            onSaved(rubric)
          }}
        />
      )}
    </>
  )
}

type SaveDialogProps = {
  base: Rubric | null
  name: string
  drafts: readonly CriterionDraft[]
  onClose: () => void
  onSaved: (rubric: Rubric) => void
}

/** Shows what the new version changes, and asks for a note on it. */
function SaveDialog({ base, name, drafts, onClose, onSaved }: SaveDialogProps) {
  const [note, setNote] = useState('')
  const save = useSaveRubric(base, onSaved)
  const input = drafts.map(criterionOf)
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={base === null ? `Create “${name}”` : `Save version ${base.version + 1} of “${name}”`}
      description={
        base === null
          ? 'Queues can use it at once.'
          : 'Queues use it from the next item on. Judgments that exist keep the version they were made under.'
      }
      actions={
        <>
          <Button onClick={onClose}>Go on editing</Button>
          <Button variant="primary" busy={save.isPending} onClick={() => save.mutate({ name, criteria: input, note: note.trim() })}>
            {base === null ? 'Create' : 'Save'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          label={base === null ? 'Note (optional)' : 'What changed, in a sentence'}
          value={note}
          maxLength={2_000}
          onChange={(event) => setNote(event.target.value)}
        />
        {base !== null && (
          <section aria-label="Differences">
            <RubricDiffView before={base.criteria} after={criteriaSchema.parse(input)} />
          </section>
        )}
        {save.isError && <ErrorState title="The rubric is not saved. Your work is kept." error={save.error} />}
      </div>
    </Dialog>
  )
}
