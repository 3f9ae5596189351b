/** What a reviewer has filled in: answers and reasons by criterion key. Marks are kept as they are edited, in the DOM's units. */
export type Filled = { answers: Readonly<Record<string, unknown>>; rationales: Readonly<Record<string, string>> }

/** What is filled in for one item, with the states before and after for undo and redo. */
export type ItemDraft = {
  now: Filled
  past: readonly Filled[]
  future: readonly Filled[]
  /** The field that was changed last by typing, and when: letters typed one after the other are one step. */
  typing: { field: string; at: number } | null
}

/** A change of one field; `typed` where it is one of many small ones. An answer of undefined is none. */
export type Change = { answer: string; value: unknown; typed?: boolean } | { rationale: string; value: string; typed?: boolean }

const HISTORY_LENGTH = 200
/** Letters further apart than this are steps of their own. */
const STEP_MS = 1_000

export function itemDraft(now: Filled): ItemDraft {
  return { now, past: [], future: [], typing: null }
}

/** The draft after a change made at `at` (milliseconds). */
export function changed(draft: ItemDraft, change: Change, at: number): ItemDraft {
  const field = 'answer' in change ? `answer ${change.answer}` : `rationale ${change.rationale}`
  const isSameStep = change.typed === true && draft.typing?.field === field && at - draft.typing.at < STEP_MS
  return {
    now: applied(draft.now, change),
    past: isSameStep ? draft.past : [...draft.past, draft.now].slice(-HISTORY_LENGTH),
    future: [],
    typing: change.typed === true ? { field, at } : null,
  }
}

export function undo(draft: ItemDraft): ItemDraft {
  const before = draft.past.at(-1)
  if (before === undefined) return draft
  return { now: before, past: draft.past.slice(0, -1), future: [draft.now, ...draft.future], typing: null }
}

export function redo(draft: ItemDraft): ItemDraft {
  const [after, ...future] = draft.future
  return after === undefined ? draft : { now: after, past: [...draft.past, draft.now], future, typing: null }
}

function applied(filled: Filled, change: Change): Filled {
  if ('rationale' in change) return { ...filled, rationales: { ...filled.rationales, [change.rationale]: change.value } }
  const { [change.answer]: _, ...others } = filled.answers
  return { ...filled, answers: change.value === undefined ? others : { ...others, [change.answer]: change.value } }
}
