import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { Segmented } from './segmented.tsx'
import { useHotkeys } from './use-hotkeys.ts'

export type DocumentEditorProps = {
  words: {
    /** What it is: "guideline". */
    noun: string
    /** What its button does, and what it is afterwards: "Publish", "published". */
    save: string
    saved: string
    /** The button of a document that is not there yet. */
    create: string
  }
  /** The version that is edited; null for a document that is not there yet. */
  version: number | null
  isChanged: boolean
  /** What is missing, once saving has been tried. */
  problem?: string | undefined
  /** Tries to save; false where something is missing, which the fields then say. */
  onSave: () => boolean
  onUndo: () => void
  previewTitle: string
  preview: ReactNode
  /** Whether the preview stays in view beside longer fields. It must then hold something that takes the focus, so that keys can scroll it. */
  isPinned?: boolean
  /** Columns of the two sides, where there is room for both. */
  columns: string
  /** The fields. */
  children: ReactNode
}

/** A document's fields beside what they come to, above the bar that says whether it is kept and saves its next version. */
export function DocumentEditor({
  words,
  version,
  isChanged,
  problem,
  onSave,
  onUndo,
  previewTitle,
  preview,
  isPinned = false,
  columns,
  children,
}: DocumentEditorProps) {
  const [view, setView] = useState<'edit' | 'preview'>('edit')
  const save = () => {
    if (!onSave()) setView('edit')
  }
  const group = `${words.noun.charAt(0).toUpperCase()}${words.noun.slice(1)}`
  useHotkeys([{ keys: 'mod+s', label: `${words.save} the ${words.noun}`, group, whileTyping: true, run: save }])
  const kept = `ept on this machine until it is ${words.saved}.`
  return (
    <>
      <div className="pb-4 xl:hidden">
        <Segmented
          label="View"
          segments={[
            { value: 'edit', label: 'Edit' },
            { value: 'preview', label: 'Preview' },
          ]}
          value={view}
          onChange={setView}
        />
      </div>
      <div className={cx('grid gap-x-12', columns)}>
        <div className={cx('min-w-0', view === 'preview' && 'max-xl:hidden')}>{children}</div>
        <aside
          aria-label="Preview"
          className={cx(
            'min-w-0',
            isPinned && 'xl:sticky xl:top-6 xl:max-h-[calc(100dvh-7rem)] xl:self-start xl:overflow-y-auto',
            view === 'edit' && 'max-xl:hidden',
          )}
        >
          <h2 className="pb-3">{previewTitle}</h2>
          {preview}
        </aside>
      </div>
      <div className="sticky bottom-0 z-10 -mx-4 mt-6 flex flex-wrap items-center justify-between gap-3 border-t border-line bg-paper px-4 py-3 sm:-mx-8 sm:px-8">
        <output className="text-ink-soft">
          {problem ??
            (version === null ? `K${kept}` : isChanged ? `Changed since version ${version}; k${kept}` : `As in version ${version}.`)}
        </output>
        <div className="flex gap-2">
          {version !== null && isChanged && (
            <Button variant="quiet" onClick={onUndo}>
              Undo all changes
            </Button>
          )}
          <Button variant="primary" shortcut="mod+s" onClick={save} disabled={!isChanged}>
            {version === null ? words.create : `${words.save} version ${version + 1}`}
          </Button>
        </div>
      </div>
    </>
  )
}
