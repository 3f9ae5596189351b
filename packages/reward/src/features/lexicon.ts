import { emptyScan, scanText } from './scan.ts'

/**
 * Words whose use tells something of an output's manner, whatever it is about. English only: in other languages these traits are zero and do
 * no harm.
 */
export const LEXICONS = {
  apology: 'sorry apologize apologise apologies regret unfortunately afraid pardon forgive',
  refusal: "can't cannot won't unable refuse decline wouldn't don't not inappropriate unwilling shouldn't",
  caution:
    'illegal dangerous unsafe wrong unethical harmful hurtful offensive risk risky caution careful crime criminal police jail prison law legal consequences',
  harm: 'kill murder steal weapon bomb drug drugs poison hurt harm attack rape shoot gun beat fight suicide hack explosive violence violent abuse die death dead',
  profanity: 'fuck fucking shit ass bitch damn crap hell asshole bastard dick cunt whore slut stupid idiot dumb moron',
  support: 'help understand support talk feel feelings glad happy care therapist counselor doctor professional',
  suggestion: 'should could try recommend suggest consider maybe might',
  hedge: 'maybe perhaps possibly might may could seems seem likely probably unsure depends guess suppose',
  knowledge: 'know think believe guess sure understand mean',
  agreement: 'yes sure okay ok yeah definitely absolutely certainly right',
  courtesy: 'thank thanks please welcome',
  negation: "no not never none nothing neither nor don't doesn't didn't isn't aren't wasn't weren't wouldn't",
  question: 'why what how who when where which',
  quantity: 'some people many most often usually generally',
  firstPerson: "i i'm i'd i'll i've me my mine myself",
  secondPerson: "you you're you'd you'll you've your yours yourself",
  thirdPerson: 'they them he she his her their',
  together: 'we us our ours',
  link: 'http https www',
} as const

/** Words that carry no content, of which overlap with the input means nothing. */
const FUNCTION_WORDS =
  'the a an and or but if of to in on at for with is are was were be been it its this that i you he she they we do does did not have has had as by from so can could would should will just about what how when your my me'

export type Lexicon = keyof typeof LEXICONS
export const LEXICON_NAMES = Object.keys(LEXICONS) as Lexicon[]
/** Bit of a word's mask that marks a function word; bit n marks the n-th lexicon. */
export const FUNCTION_BIT = 1 << LEXICON_NAMES.length

const slots = 1 << 11

export interface LexiconTable {
  keys: Int32Array
  /** Zero where the slot is free. */
  masks: Int32Array
  maskOf: (word: number) => number
}

/** Which lexicons a word, given as its hash, belongs to: a small table with open addressing, made once. */
export function lexiconTable(): LexiconTable {
  const keys = new Int32Array(slots)
  const masks = new Int32Array(slots)
  const scan = emptyScan()
  const add = (list: string, bit: number) => {
    scanText(list, scan)
    for (const hash of scan.words.subarray(0, scan.count)) {
      const word = hash | 0
      let slot = word & (slots - 1)
      while (masks[slot] !== 0 && keys[slot] !== word) slot = (slot + 1) & (slots - 1)
      keys[slot] = word
      masks[slot]! |= bit
    }
  }
  LEXICON_NAMES.forEach((name, index) => add(LEXICONS[name], 1 << index))
  add(FUNCTION_WORDS, FUNCTION_BIT)
  return {
    keys,
    masks,
    maskOf(word) {
      let slot = word & (slots - 1)
      while (masks[slot] !== 0 && keys[slot] !== (word | 0)) slot = (slot + 1) & (slots - 1)
      return masks[slot]!
    },
  }
}
