/** What a text search looks for. All of it must be found. */
export type SearchTerms = {
  /** Whole ASCII words, lower-case. */
  words: string[]
  /** Everything else, found anywhere in the text, in either case: words of other scripts, emoji, or punctuation alone. */
  fragments: string[]
}

const MAX_TERMS = 20

/**
 * A search text as terms. ASCII words are found as whole words through the text index. Other scripts have no spaces or no case that the
 * index knows, so their words are looked for as parts of the text, and so are emoji. A text without any of these is looked for as it is:
 * no search that says something matches everything.
 */
export function searchTerms(text: string | undefined): SearchTerms {
  const trimmed = (text ?? '').trim()
  const pieces = trimmed.match(/[\p{L}\p{N}\p{M}]+|(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{RI}|\u200D|\uFE0F)+/gu) ?? []
  if (pieces.length === 0) return { words: [], fragments: trimmed === '' ? [] : [trimmed] }
  const terms = [...new Set(pieces)].slice(0, MAX_TERMS)
  const isWord = (term: string) => /^[a-z0-9]+$/i.test(term)
  return { words: [...new Set(terms.filter(isWord).map((word) => word.toLowerCase()))], fragments: terms.filter((term) => !isWord(term)) }
}
