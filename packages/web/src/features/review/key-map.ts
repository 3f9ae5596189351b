import { combinationOf } from '../../ui/hotkey.ts'

/** What a reviewer can do by key wherever they are on the screen, in the order of the sheet. */
export const deskActions = {
  submit: { keys: 'mod+enter', label: 'Submit and go on', group: 'Item' },
  skip: { keys: 'space', label: 'Skip, with a reason', group: 'Item' },
  next: { keys: 'arrowright', label: 'Next item in hand', group: 'Item' },
  previous: { keys: 'arrowleft', label: 'Previous item in hand', group: 'Item' },
  reopen: { keys: 'u', label: 'Open the last submitted again', group: 'Item' },
  extend: { keys: 't', label: 'More time', group: 'Item' },
  bookmark: { keys: '.', label: 'Bookmark', group: 'Item' },
  report: { keys: '!', label: 'Report a problem', group: 'Item' },
  undo: { keys: 'mod+z', label: 'Undo', group: 'Answers' },
  redo: { keys: 'mod+shift+z', label: 'Redo', group: 'Answers' },
  criterionDown: { keys: 'arrowdown', label: 'Next criterion', group: 'Answers' },
  criterionUp: { keys: 'arrowup', label: 'Previous criterion', group: 'Answers' },
  write: { keys: 'enter', label: 'Write, in the criterion', group: 'Answers' },
  mark: { keys: 'm', label: 'Mark the text', group: 'Answers' },
  raw: { keys: 'r', label: 'Rendered or raw text', group: 'View' },
  differences: { keys: 'd', label: 'Differences', group: 'View' },
  guideline: { keys: 'g', label: 'Guideline', group: 'View' },
  similar: { keys: '/', label: 'Similar items, after your judgment', group: 'View' },
} as const
export type DeskAction = keyof typeof deskActions
/** Keys that a person has given to actions in the place of the usual ones. */
export type OwnKeys = Partial<Record<DeskAction, string>>

/** Keys that belong to the options of a criterion, and to the page around. */
const taken: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from({ length: 10 }, (_, digit) => [String(digit), 'the options of a criterion'])),
  ...Object.fromEntries(['a', 'b', 'e', 'x', 'q'].map((key) => [key, 'comparisons'])),
  '?': 'the sheet of keys',
  'mod+k': 'finding a page',
  escape: 'leaving a field',
  tab: 'moving the focus',
  'shift+tab': 'moving the focus',
  backspace: 'taking a place back in a ranking',
}

export function keysOf(action: DeskAction, own: OwnKeys): string {
  return own[action] ?? deskActions[action].keys
}

/** The person's keys with one action on another key, or the sentence that says why that is not possible. */
export function remapped(own: OwnKeys, action: DeskAction, keys: string): OwnKeys | string {
  const owner = taken[keys]
  if (owner !== undefined) return `This key belongs to ${owner}.`
  const other = (Object.keys(deskActions) as DeskAction[]).find((one) => one !== action && keysOf(one, own) === keys)
  if (other !== undefined) return `This key is taken by “${deskActions[other].label}”.`
  const { [action]: _, ...rest } = own
  return keys === deskActions[action].keys ? rest : { ...rest, [action]: keys }
}

/** Kept keys as far as they are still possible: actions come and go with versions of the screen. */
export function readOwnKeys(kept: unknown): OwnKeys {
  if (typeof kept !== 'object' || kept === null) return {}
  let own: OwnKeys = {}
  for (const [action, keys] of Object.entries(kept)) {
    if (!(action in deskActions) || typeof keys !== 'string') continue
    const next = remapped(own, action as DeskAction, keys)
    if (typeof next !== 'string') own = next
  }
  return own
}

/** The key that was pressed, as it can be given to an action; null while only Shift or the like is held. */
export function pressedKeys(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string | null {
  return ['Shift', 'Control', 'Alt', 'Meta', 'Dead'].includes(event.key) ? null : combinationOf(event)
}
