import { diffWordsWithSpace } from 'diff'

export type DiffPart = { text: string; change: 'same' | 'added' | 'removed' }
export type WordDiff = { parts: DiffPart[]; addedWords: number; removedWords: number }

/** Beyond this many changed words the two texts are shown one after the other: a diff would take long and help nobody. */
const MAX_CHANGES = 4_000

/**
 * What was changed, word by word. The parts without `added` are the old text and those without `removed` the new one, to the character.
 */
export function wordDiff(before: string, after: string): WordDiff {
  const changes = diffWordsWithSpace(before, after, { maxEditLength: MAX_CHANGES, timeout: 200 })
  const parts: DiffPart[] =
    changes === undefined
      ? [
          { text: before, change: 'removed' },
          { text: after, change: 'added' },
        ]
      : changes.map(({ value, added, removed }) => ({ text: value, change: added ? 'added' : removed ? 'removed' : 'same' }))
  const kept = parts.filter((part) => part.text !== '')
  return { parts: kept, addedWords: count(kept, 'added'), removedWords: count(kept, 'removed') }
}

function count(parts: readonly DiffPart[], change: DiffPart['change']): number {
  return parts.reduce((sum, part) => sum + (part.change === change ? (part.text.match(/[\p{L}\p{N}]+/gu) ?? []).length : 0), 0)
}
