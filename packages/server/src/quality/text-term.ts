/** A text as unit-length weights of its terms, by the term's place in the vocabulary, ascending. */
export type TermVector = { terms: Int32Array; weights: Float64Array }

const MOST_TERMS = 20_000
/** A term in more of the texts than this says nothing about any of them. */
const TOO_COMMON = 0.4
/** Among few texts, a frequent word may be what they are about. */
const COMMON_IS_FINE = 20

/** Words and numbers of a text in lower case, in any script; marks that belong to a letter stay with it, and separators with a number. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{N}+(?:[.,:/-]\p{N}+)+|[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu) ?? []
  )
}

/**
 * Texts as tf-idf vectors of unit length: (1 + ln tf) · ln(N / df). Terms of a single text, terms that are nearly everywhere and numbers, which
 * say how much and not of what, are left out; so texts that share nothing with others are empty vectors.
 */
export function termVectors(texts: readonly string[]): { vectors: TermVector[]; names: string[] } {
  const counted = texts.map((text) => {
    const counts = new Map<string, number>()
    for (const word of wordsOf(text).filter((each) => /\p{L}/u.test(each))) counts.set(word, (counts.get(word) ?? 0) + 1)
    return counts
  })
  const frequency = new Map<string, number>()
  for (const counts of counted) for (const word of counts.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const most = Math.max(COMMON_IS_FINE, TOO_COMMON * texts.length)
  const kept = [...frequency]
    .filter(([, df]) => df >= 2 && df <= most && df < texts.length)
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_TERMS)
  const place = new Map(kept.map(([word], at) => [word, at]))
  const idf = kept.map(([, df]) => Math.log(texts.length / df))
  const vectors = counted.map((counts): TermVector => {
    const entries = [...counts].flatMap(([word, tf]) => {
      const term = place.get(word)
      return term === undefined ? [] : [[term, (1 + Math.log(tf)) * idf[term]!] as const]
    })
    entries.sort(([a], [b]) => a - b)
    const norm = Math.sqrt(entries.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1
    return { terms: Int32Array.from(entries, ([term]) => term), weights: Float64Array.from(entries, ([, weight]) => weight / norm) }
  })
  return { vectors, names: kept.map(([word]) => word) }
}
