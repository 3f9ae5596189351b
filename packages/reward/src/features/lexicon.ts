import { emptyWords, tokenize } from './tokenize.ts'

/** Words whose count tells something of an output's manner. English only: in other languages these counts are zero and do no harm. */
export const LEXICONS = {
  apology: 'sorry apologize apologise apologies regret unfortunately afraid pardon',
  refusal: "can't cannot won't unable refuse decline inappropriate illegal unethical unwilling shouldn't",
  hedge: 'maybe perhaps possibly might may could seems seem likely probably unsure depends guess suppose',
  negation: "not no never none nothing neither nor don't doesn't didn't isn't aren't wasn't weren't wouldn't",
  firstPerson: "i i'm i'd i'll i've me my mine myself",
  secondPerson: "you you're you'd you'll you've your yours yourself",
} as const

/** For every word of a lexicon: the lexicon's number. */
export function lexiconOfWord(): Map<number, number> {
  const lexicons = new Map<number, number>()
  const words = emptyWords()
  Object.values(LEXICONS).forEach((list, index) => {
    tokenize(list, words)
    for (let i = 0; i < words.count; i += 1) lexicons.set(words.hashes[i]!, index)
  })
  return lexicons
}
