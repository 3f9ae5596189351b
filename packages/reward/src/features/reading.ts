/** How a text is written. */
export interface TextForm {
  /** How often each ASCII character occurs that is neither letter, digit nor space. */
  ascii: Int32Array
  /** Capital letters and digits of ASCII. */
  capitals: number
  digits: number
  /** Units of punctuation beyond ASCII. */
  otherPunctuation: number
  sentences: number
  lines: number
  listItems: number
  /** Lines that are a heading, part of a table or a code fence. */
  markupLines: number
  /** Whether the first sentence ends in a question mark, and the last one; and whether the text ends without a final mark. */
  opensWithQuestion: boolean
  endsWithQuestion: boolean
  endsOpen: boolean
}

/** What is found in an output. Its arrays are reused by the next reading. */
export interface Reading {
  form: TextForm
  /** Words; distinct ones. */
  words: number
  distinct: number
  /** For each word, the lexicons that it is in. */
  masks: Int32Array
  /** Words, and words with content, that occur in the input; distinct content words of the input that occur here. */
  shared: number
  sharedContent: number
  covered: number
  /** Pairs of neighbours that occur in the input. */
  sharedPairs: number
  /** Distinct content words of the input. */
  inputContent: number
  /** The buckets in use, in the order of their first appearance; the first `bucketCount` entries are valid. */
  buckets: Uint32Array
  bucketCount: number
}

/** Reads an output beside the end of its input, where the question is. What it returns is its own, and changes with the next call. */
export type TextReader = (input: string, output: string, characters: boolean) => Reading

/** The form of a text without characters. */
export function emptyForm(): TextForm {
  return {
    ascii: new Int32Array(128),
    capitals: 0,
    digits: 0,
    otherPunctuation: 0,
    sentences: 0,
    lines: 0,
    listItems: 0,
    markupLines: 0,
    opensWithQuestion: false,
    endsWithQuestion: false,
    endsOpen: false,
  }
}

/** A reading of nothing. */
export function emptyReading(form: TextForm): Reading {
  return {
    form,
    words: 0,
    distinct: 0,
    masks: new Int32Array(0),
    shared: 0,
    sharedContent: 0,
    covered: 0,
    sharedPairs: 0,
    inputContent: 0,
    buckets: new Uint32Array(0),
    bucketCount: 0,
  }
}
