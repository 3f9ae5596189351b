import type { Mark } from '@plaudit/protocol'
import { anchorOf, locateMark, type TextRange } from './mark-anchor.ts'
import { nextBoundary } from './text-boundary.ts'

/** A mark that is being made; its place in UTF-16 units, as the DOM counts. */
export type DraftMark = TextRange & { key: string; type: string; severity: string; note: string }

/** The marks of one person on one text, with the states before and after for undo and redo. */
export type MarkDraft = { marks: DraftMark[]; past: DraftMark[][]; future: DraftMark[][] }

const HISTORY_LENGTH = 100

export function markDraft(marks: readonly DraftMark[] = []): MarkDraft {
  return { marks: [...marks], past: [], future: [] }
}

/** The draft after a change of its marks. No change ever touches another mark than the one it is about. */
export function changed(draft: MarkDraft, marks: DraftMark[]): MarkDraft {
  return { marks: marks.toSorted(byPlace), past: [...draft.past, draft.marks].slice(-HISTORY_LENGTH), future: [] }
}

export function withMark(draft: MarkDraft, mark: DraftMark): MarkDraft {
  return changed(draft, [...draft.marks, mark])
}

export function withoutMark(draft: MarkDraft, key: string): MarkDraft {
  return draft.marks.some((mark) => mark.key === key)
    ? changed(
        draft,
        draft.marks.filter((mark) => mark.key !== key),
      )
    : draft
}

export function withChange(draft: MarkDraft, key: string, change: Partial<DraftMark>): MarkDraft {
  return changed(
    draft,
    draft.marks.map((mark) => (mark.key === key ? { ...mark, ...change } : mark)),
  )
}

export function undo(draft: MarkDraft): MarkDraft {
  const before = draft.past.at(-1)
  return before === undefined ? draft : { marks: before, past: draft.past.slice(0, -1), future: [draft.marks, ...draft.future] }
}

export function redo(draft: MarkDraft): MarkDraft {
  const [after, ...future] = draft.future
  return after === undefined ? draft : { marks: after, past: [...draft.past, draft.marks], future }
}

/** The range with one edge moved by a word or character; the edges never cross. */
export function movedEdge(text: string, range: TextRange, edge: 'start' | 'end', direction: -1 | 1, unit: 'word' | 'character'): TextRange {
  const at = nextBoundary(text, range[edge], direction, unit)
  return edge === 'start' ? { start: Math.min(at, range.end), end: range.end } : { start: range.start, end: Math.max(at, range.start) }
}

/** The marks as they are sent. */
export function marksOf(text: string, draft: MarkDraft): Mark[] {
  return draft.marks.map(({ type, severity, note, start, end }) => ({
    type,
    field: 'output',
    ...anchorOf(text, { start, end }),
    ...(severity === '' ? {} : { severity }),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  }))
}

/** Stored marks as a draft to go on with; those that do not fit this text are left out. */
export function draftOf(text: string, marks: readonly Mark[]): MarkDraft {
  return markDraft(
    marks.flatMap((mark, index) => {
      const { range } = locateMark(text, mark)
      return range === null
        ? []
        : [{ ...range, key: `stored-${index}`, type: mark.type, severity: mark.severity ?? '', note: mark.note ?? '' }]
    }),
  )
}

function byPlace(a: TextRange, b: TextRange): number {
  return a.start - b.start || b.end - a.end
}
