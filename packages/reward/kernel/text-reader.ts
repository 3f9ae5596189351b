// The inner loops of featurisation, in AssemblyScript. `src/features/javascript-reader.ts` and `scan.ts` take the same steps, and find the same.
// Build with `node packages/reward/kernel/build.mjs`.

// The host's (module "text-reader"): what a character beyond the basic plane is. 0 for a separator, −1 for a word of its own, else its lower-case
// form as two units.
declare function beyond(high: u32, low: u32): i32

const SEED: u32 = 0x811c9dc5
const PRIME: u32 = 0x01000193
const START: u32 = 0x2545f491
const STEM: u32 = 0x5bd1e995
const ROLLING: u32 = 0x01000193
const BUCKETS: u32 = 1 << 18
const SHIFT: u32 = 14
const SLOTS: u32 = 1 << 11
const STEM_LETTERS: u32 = 4
const SPACE: u32 = 32
const NEWLINE: u32 = 10
const APOSTROPHE: u32 = 39
const CURLY_APOSTROPHE: u32 = 0x2019
const ALONE: i32 = -1
const INPUT_WORD: u32 = 1
const INPUT_PAIR: u32 = 2
const SEEN: u32 = 4

// Addresses of tables: the kind of each unit, the lexicons, and what is known of each bucket.
let kinds: usize, keys: usize, masks: usize, present: usize, marks: usize
// Of what grows with the text: its units, and for each word its hash, its stem's, and its lexicons.
let units: usize, words: usize, stems: usize, wordMasks: usize
// Of lists of buckets: the output's, the input's, and those of the input that the output holds.
let buckets: usize, marked: usize, covered: usize
// Of what is found: 128 counts of ASCII characters, then the numbers that `found` lists.
let ascii: usize, found: usize
let functionBit: u32
let epoch: u32 = 0
let markedCount: u32 = 0

export function bindTables(kinds_: usize, keys_: usize, masks_: usize, functionBit_: u32, present_: usize, marks_: usize): void {
  kinds = kinds_
  keys = keys_
  masks = masks_
  functionBit = functionBit_
  present = present_
  marks = marks_
}

export function bindLists(buckets_: usize, marked_: usize, covered_: usize, ascii_: usize, found_: usize): void {
  buckets = buckets_
  marked = marked_
  covered = covered_
  ascii = ascii_
  found = found_
}

export function bindText(units_: usize, words_: usize, stems_: usize, wordMasks_: usize): void {
  units = units_
  words = words_
  stems = stems_
  wordMasks = wordMasks_
}

function mix(value: u32): u32 {
  let h = value
  h = (h ^ (h >>> 16)) * 0x85ebca6b
  h = (h ^ (h >>> 13)) * 0xc2b2ae35
  return h ^ (h >>> 16)
}

function unitAt(i: u32): u32 {
  return load<u16>(units + ((<usize>i) << 1))
}

function kindOf(unit: u32): i32 {
  return load<i32>(kinds + ((<usize>unit) << 2))
}

function put(list: usize, at: u32, value: u32): void {
  store<u32>(list + ((<usize>at) << 2), value)
}

function report(index: u32, value: u32): void {
  store<u32>(found + ((<usize>index) << 2), value)
}

let sentences: u32,
  sentenceFrom: u32,
  lines: u32,
  listItems: u32,
  markupLines: u32,
  otherPunctuation: u32,
  lastMark: u32,
  opensWithQuestion: u32

/**
 * Finds the words and marks of `length` units, behind which zeros stand. Units become lower case. Returns the number of words, or −1 where a
 * normal form is needed first.
 */
function scan(length: u32, wordsOnly: bool, isNormal: bool): i32 {
  // Globals are read from memory each time, locals are not.
  const text = units
  const kindTable = kinds
  const wordList = words
  const stemList = stems
  const limit: u32 = isNormal ? 0x10000 : 0x300
  let count: u32 = 0
  let h = SEED
  let stem: u32 = 0
  let letters: u32 = 0
  let capitals: u32 = 0
  let digits: u32 = 0
  sentences = sentenceFrom = lines = listItems = markupLines = otherPunctuation = lastMark = opensWithQuestion = 0
  if (!wordsOnly) {
    memory.fill(ascii, 0, 512)
    if (length > 0) classifyLine(0)
  }
  for (let i: u32 = 0; i < length; i++) {
    const unit: u32 = load<u16>(text + ((<usize>i) << 1))
    const kind = load<i32>(kindTable + ((<usize>unit) << 2))
    // Letter or space, without a branch between them, which would be guessed wrongly at the end of nearly every word.
    if (u32(kind > 0) | u32(unit == SPACE)) {
      if (unit >= limit) return -1
      const isLetter = kind > 0
      put(wordList, count, h)
      if (!wordsOnly) {
        put(stemList, count, stem)
        store<u16>(text + ((<usize>i) << 1), isLetter ? kind : SPACE)
        capitals += u32(unit - 65 < 26)
        digits += u32(unit - 48 < 10)
      }
      count += u32(letters > 0) & u32(!isLetter)
      h = isLetter ? (h ^ kind) * PRIME : SEED
      letters = isLetter ? letters + 1 : 0
      stem = letters <= STEM_LETTERS ? h : stem
      continue
    }
    let alone = SEED ^ unit
    let what = kind
    if (unit < 128) store<u32>(ascii + ((<usize>unit) << 2), load<u32>(ascii + ((<usize>unit) << 2)) + 1)
    else if (unit >= limit && (unit < 0x2010 || unit > 0x201f)) return -1
    if (kind != ALONE) {
      if (letters > 0 && (unit == APOSTROPHE || unit == CURLY_APOSTROPHE) && i + 1 < length && kindOf(unitAt(i + 1)) > 0) {
        h = (h ^ APOSTROPHE) * PRIME
        continue
      }
      if (unit >= 0xd800 && unit <= 0xdbff && i + 1 < length) {
        i += 1
        const low = unitAt(i)
        what = beyond(unit, low)
        if (what != 0 && what != ALONE) {
          const first = <u32>what >>> 16
          const second = <u32>what & 0xffff
          store<u16>(text + ((<usize>(i - 1)) << 1), first)
          store<u16>(text + ((<usize>i) << 1), second)
          h = (((h ^ first) * PRIME) ^ second) * PRIME
          letters += 1
          stem = letters <= STEM_LETTERS ? h : stem
          continue
        }
        alone = (alone * PRIME) ^ low
      }
    }
    if (letters > 0) {
      put(wordList, count, h)
      put(stemList, count, stem)
      count += 1
      letters = 0
      h = SEED
    }
    if (what == ALONE) {
      put(wordList, count, alone * PRIME)
      put(stemList, count, mix(alone * PRIME))
      count += 1
      lastMark = 0
      continue
    }
    if (unit == NEWLINE) {
      lines += 1
      if (i + 1 < length) classifyLine(i + 1)
      continue
    }
    if ((unit >= 0x2010 && unit <= 0x2027) || (unit >= 0x3001 && unit <= 0x3003) || unit == 0xff1f) otherPunctuation += 1
    lastMark = unit
    if ((unit == 46 || unit == 63 || unit == 33 || unit == 0x3002) && count > sentenceFrom) {
      if (sentences == 0) opensWithQuestion = u32(unit == 63)
      sentences += 1
      sentenceFrom = count
    }
  }
  const endsInWord = letters > 0
  put(wordList, count, h)
  put(stemList, count, stem)
  count += u32(endsInWord)
  report(0, count)
  report(1, capitals)
  report(2, digits)
  report(3, otherPunctuation)
  report(4, count > sentenceFrom ? sentences + 1 : sentences)
  report(5, lines)
  report(6, listItems)
  report(7, markupLines)
  report(8, opensWithQuestion)
  report(9, u32(!endsInWord && lastMark == 63))
  report(
    10,
    u32(endsInWord || !(lastMark == 46 || lastMark == 33 || lastMark == 63 || lastMark == 34 || lastMark == 41 || lastMark == 0x3002)),
  )
  return count
}

/** Counts the line that begins at `i` if its first characters make it a list item or markup. */
function classifyLine(i: u32): void {
  let at = i
  while (unitAt(at) == 32 || unitAt(at) == 9) at += 1
  const first = unitAt(at)
  if (first == 45 || first == 42 || first == 0x2022) {
    listItems += u32(unitAt(at + 1) == 32)
  } else if (first - 48 < 10) {
    let end = at
    while (end < at + 3 && unitAt(end) - 48 < 10) end += 1
    const mark = unitAt(end)
    listItems += u32((mark == 46 || mark == 41) && unitAt(end + 1) == 32)
  } else {
    const isFence = first == 96 && unitAt(at + 1) == 96 && unitAt(at + 2) == 96
    markupLines += u32(first == 35 || first == 124 || isFence)
  }
}

/** The lexicons that a word is in. The loop nearly always ends at once; either reason alone would be guessed wrongly. */
function maskOf(word: u32): u32 {
  let slot = word & (SLOTS - 1)
  let mask = load<u32>(masks + ((<usize>slot) << 2))
  while (u32(mask != 0) & u32(load<u32>(keys + ((<usize>slot) << 2)) != word)) {
    slot = (slot + 1) & (SLOTS - 1)
    mask = load<u32>(masks + ((<usize>slot) << 2))
  }
  return mask
}

/** Marks the words and pairs of an input. Returns its distinct content words, or −1 where a normal form is needed first. */
export function readInput(length: u32, isNormal: bool): i32 {
  const count = scan(length, true, isNormal)
  if (count < 0) return -1
  for (let k: u32 = 0; k < markedCount; k++) store<u8>(marks + <usize>load<u32>(marked + ((<usize>k) << 2)), 0)
  let used: u32 = 0
  let content: u32 = 0
  let previous = START
  for (let i: u32 = 0; i < <u32>count; i++) {
    const word = mix(load<u32>(words + ((<usize>i) << 2)))
    const single = word >>> SHIFT
    const mark: u32 = load<u8>(marks + <usize>single)
    content += u32((mark & INPUT_WORD) == 0) & u32((maskOf(word) & functionBit) == 0)
    put(marked, used, single)
    used += u32(mark == 0)
    store<u8>(marks + <usize>single, mark | INPUT_WORD)
    const pair = mix(previous * 0x9e3779b1 + word) >>> SHIFT
    const pairMark: u32 = load<u8>(marks + <usize>pair)
    put(marked, used, pair)
    used += u32(pairMark == 0)
    store<u8>(marks + <usize>pair, pairMark | INPUT_PAIR)
    previous = word
  }
  markedCount = used
  return content
}

/** Adds a bucket unless it is there. Without a branch, which would be guessed wrongly at many. */
function add(bucket: u32, used: u32, list: usize, stamps: usize, stamp: u32): u32 {
  put(list, used, bucket)
  const isNew = u32(load<u8>(stamps + <usize>bucket) != stamp)
  store<u8>(stamps + <usize>bucket, stamp)
  return used + isNew
}

/** The buckets of an output, in the order of first appearance, and all else that is found in it. Returns their number, or −1 as above. */
export function readOutput(length: u32, isNormal: bool, characters: bool): i32 {
  const count = <u32>scan(length, false, isNormal)
  if (<i32>count < 0) return -1
  epoch += 1
  if (epoch > 255) {
    memory.fill(present, 0, BUCKETS)
    epoch = 1
  }
  const list = buckets
  const stamps = present
  const stamp = epoch
  const inputMarks = marks
  const wordList = words
  const stemList = stems
  let used: u32 = 0
  let distinct: u32 = 0
  let shared: u32 = 0
  let sharedContent: u32 = 0
  let coveredCount: u32 = 0
  let sharedPairs: u32 = 0
  let previous = START
  let beforePrevious = START
  for (let i: u32 = 0; i < count; i++) {
    const word = mix(load<u32>(wordList + ((<usize>i) << 2)))
    const mask = maskOf(word)
    put(wordMasks, i, mask)
    const single = word >>> SHIFT
    const before = used
    used = add(single, used, list, stamps, stamp)
    distinct += used - before
    const mark: u32 = load<u8>(inputMarks + <usize>single)
    const isShared = mark & INPUT_WORD
    const isContent = isShared & u32((mask & functionBit) == 0)
    shared += isShared
    sharedContent += isContent
    put(covered, coveredCount, single)
    coveredCount += isContent & u32((mark & SEEN) == 0)
    store<u8>(inputMarks + <usize>single, mark | (isContent * SEEN))
    used = add(mix(load<u32>(stemList + ((<usize>i) << 2)) ^ STEM) >>> SHIFT, used, list, stamps, stamp)
    const pair = mix(previous * 0x9e3779b1 + word) >>> SHIFT
    sharedPairs += u32((load<u8>(inputMarks + <usize>pair) & INPUT_PAIR) != 0)
    used = add(pair, used, list, stamps, stamp)
    if (i > 0) used = add(mix(beforePrevious * 0x7feb352d + word) >>> SHIFT, used, list, stamps, stamp)
    beforePrevious = previous
    previous = word
  }
  if (characters) {
    used = addCharacters(length, 3, 0x9e3779b1, used)
    used = addCharacters(length, 5, 0x85ebca77, used)
  }
  for (let k: u32 = 0; k < coveredCount; k++) {
    const mark = marks + <usize>load<u32>(covered + ((<usize>k) << 2))
    store<u8>(mark, load<u8>(mark) & ~SEEN)
  }
  report(11, distinct)
  report(12, shared)
  report(13, sharedContent)
  report(14, coveredCount)
  report(15, sharedPairs)
  return used
}

/** Adds the buckets of all n-grams of a length, by a hash that rolls along the text. */
function addCharacters(count: u32, length: u32, multiplier: u32, from: u32): u32 {
  const text = units
  const list = buckets
  const stamps = present
  const stamp = epoch
  let used = from
  let leaving: u32 = 1
  for (let i: u32 = 0; i < length; i++) leaving *= ROLLING
  let h: u32 = 0
  for (let i: u32 = 0; i < count; i++) {
    h = h * ROLLING + <u32>load<u16>(text + ((<usize>i) << 1))
    if (i >= length) h -= leaving * <u32>load<u16>(text + ((<usize>(i - length)) << 1))
    else if (i < length - 1) continue
    used = add((h * multiplier) >>> SHIFT, used, list, stamps, stamp)
  }
  return used
}
