/** What is used of a tokenizer. */
export interface Tokenizer {
  encode(text: string): { ids: number[] }
}

/** Turns texts into at most so many tokens: of longer ones the beginning stays, between the marks that the tokenizer puts around a text. */
export function cuttingTokenizer(tokenizer: Tokenizer, mostTokens: number): (text: string) => number[] {
  const marks = tokenizer.encode('').ids
  const some = tokenizer.encode('a').ids
  let before = 0
  while (before < marks.length && marks[before] === some[before]) before += 1
  const after = marks.slice(before)
  return (text) => {
    const { ids } = tokenizer.encode(text)
    return ids.length <= mostTokens ? ids : [...ids.slice(0, mostTokens - after.length), ...after]
  }
}
