import { Arena, newMemory } from '../solver/arena.ts'
import { instantiate } from '../solver/web-assembly.ts'
import { beyondPlane, characterTable } from './character.ts'
import { FUNCTION_BIT, lexiconTable } from './lexicon.ts'
import { emptyForm, emptyReading, type TextReader } from './reading.ts'
import { BUCKETS, INPUT_LENGTH } from './specification.ts'
import { kernelBase64 } from './text-reader.gen.ts'

interface Kernel {
  bindTables(kinds: number, keys: number, masks: number, functionBit: number, present: number, marks: number): void
  bindLists(buckets: number, marked: number, covered: number, ascii: number, found: number): void
  bindText(units: number, words: number, stems: number, wordMasks: number): void
  readInput(length: number, isNormal: boolean): number
  readOutput(length: number, isNormal: boolean, characters: boolean): number
}

/** Room for as many numbers as the kernel reports. */
const FOUND = 16
/** Zeros behind a text, which the kernel may look at. */
const BEHIND = 8
/** Bytes for each unit of a text: the unit, and if it is a word its hash, its stem's and its lexicons. */
const BYTES_OF_UNIT = 2 + 3 * 4

let ownReader: TextReader | null | undefined

/** The reader in WebAssembly, one for each thread, which finds the same as that in JavaScript. Null where there is no WebAssembly. */
export function wasmReader(): TextReader | null {
  if (ownReader === undefined) ownReader = makeReader()
  return ownReader
}

function makeReader(): TextReader | null {
  const memory = newMemory(0)
  if (memory === null) return null
  const arena = new Arena(memory, undefined, null)
  const kinds = characterTable()
  const lexicons = lexiconTable()
  if (!arena.reserve(kinds.byteLength + 2 * lexicons.keys.byteLength + 2 * BUCKETS + 3 * 4 * (BUCKETS + 1) + 1024)) return null
  const kernel = instantiate(kernelBase64, memory, { 'text-reader': { beyond: beyondPlane } }) as Kernel
  const tables = [kinds, lexicons.keys, lexicons.masks].map((table) => arena.place(table))
  kernel.bindTables(tables[0]!, tables[1]!, tables[2]!, FUNCTION_BIT, arena.take(BUCKETS), arena.take(BUCKETS))
  // A list of distinct buckets is written to one beyond its end.
  const [bucketsAt, markedAt, coveredAt] = [0, 1, 2].map(() => arena.take(4 * (BUCKETS + 1)))
  const [asciiAt, foundAt] = [arena.take(4 * 128), arena.take(4 * FOUND)]
  kernel.bindLists(bucketsAt!, markedAt!, coveredAt!, asciiAt, foundAt)
  const textAt = arena.mark
  let capacity = 0
  let units: Uint16Array = new Uint16Array(0)
  let found: Int32Array = new Int32Array(0)
  let lastInput: string | null = null
  const form = emptyForm()
  const reading = emptyReading(form)

  function makeRoom(length: number): void {
    capacity = 2 * length + 1024
    arena.rewind(textAt)
    if (!arena.reserve(BYTES_OF_UNIT * (capacity + BEHIND) + 64))
      throw new RangeError(`A text of ${length} units does not fit into memory.`)
    const unitsAt = arena.take(2 * (capacity + BEHIND))
    const [words, stems, masks] = [0, 1, 2].map(() => arena.take(4 * (capacity + BEHIND)))
    kernel.bindText(unitsAt, words!, stems!, masks!)
    const { buffer } = memory!
    units = new Uint16Array(buffer, unitsAt, capacity + BEHIND)
    found = new Int32Array(buffer, foundAt, FOUND)
    form.ascii = new Int32Array(buffer, asciiAt, 128)
    reading.masks = new Int32Array(buffer, masks, capacity)
    reading.buckets = new Uint32Array(buffer, bucketsAt, BUCKETS)
  }

  function place(text: string): number {
    const { length } = text
    if (length > capacity) makeRoom(length)
    for (let i = 0; i < length; i += 1) units[i] = text.charCodeAt(i)
    for (let i = length; i < length + BEHIND; i += 1) units[i] = 0
    return length
  }

  function readInput(input: string): void {
    const end = input.slice(-INPUT_LENGTH)
    const content = kernel.readInput(place(end), false)
    reading.inputContent = content < 0 ? kernel.readInput(place(end.normalize('NFKC')), true) : content
    lastInput = input
  }

  return (input, output, characters) => {
    if (input !== lastInput) readInput(input)
    const count = kernel.readOutput(place(output), false, characters)
    reading.bucketCount = count < 0 ? kernel.readOutput(place(output.normalize('NFKC')), true, characters) : count
    reading.words = found[0]!
    form.capitals = found[1]!
    form.digits = found[2]!
    form.otherPunctuation = found[3]!
    form.sentences = found[4]!
    form.lines = found[5]!
    form.listItems = found[6]!
    form.markupLines = found[7]!
    form.opensWithQuestion = found[8] === 1
    form.endsWithQuestion = found[9] === 1
    form.endsOpen = found[10] === 1
    reading.distinct = found[11]!
    reading.shared = found[12]!
    reading.sharedContent = found[13]!
    reading.covered = found[14]!
    reading.sharedPairs = found[15]!
    return reading
  }
}
