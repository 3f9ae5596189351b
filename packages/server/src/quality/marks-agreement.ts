import type { Mark } from '@plaudit/protocol'
import { type Estimate, groupMarks, marksAlpha, type MarkRow, markTypes, percentAgreement, type Ratings } from '@plaudit/stats'

/**
 * Agreement of marks by characters: of all types alike, of each type, and (`exact`) how often two people mark exactly the same. The output
 * and the input of a span are texts of their own.
 */
export function marksAgreement(ratings: Ratings, outputLengths: ReadonlyMap<string, number>, weights: Float64Array | null = null) {
  const rows = [...markRows(ratings)]
  // A text is at least as long as its last mark, also where the span has not arrived or marks are on its input.
  const lengths = new Map(ratings.itemNames.map((name) => [`${OUTPUT}${name}`, outputLengths.get(name) ?? 1]))
  for (const { item, end } of rows) lengths.set(item, Math.max(lengths.get(item) ?? 1, end))
  const texts = groupMarks(rows.map((row) => ({ ...row, length: lengths.get(row.item)! })))
  const weightOf = new Map(ratings.itemNames.map((name, item) => [name, weights?.[item] ?? 1]))
  const ofText = weights === null ? {} : { itemWeights: texts.map(({ item }) => weightOf.get(itemOf(item))!) }
  const alpha: Estimate<object> = marksAlpha(texts, ofText)
  const parts = markTypes(texts).map((part) => ({ part, alpha: marksAlpha(texts, { type: part, ...ofText }) as Estimate<object> }))
  const exact: Estimate<object> = percentAgreement(ratings, weights === null ? {} : { itemWeights: weights })
  return { alpha, parts, exact }
}

// Before the name, as an item may be called anything.
const OUTPUT = 'output '
const INPUT = 'input '

/** The item that a text is of: its output, or its input. */
function itemOf(text: string): string {
  return text.slice(text.startsWith(OUTPUT) ? OUTPUT.length : INPUT.length)
}

function* markRows({ items, raters, values, itemNames, raterNames, valueNames }: Ratings): Generator<MarkRow> {
  const parsed = valueNames.map((value) => JSON.parse(value) as Mark[])
  for (let j = 0; j < items.length; j += 1) {
    const item = itemNames[items[j]!]!
    const base = { rater: raterNames[raters[j]!]!, length: 0 }
    yield { ...base, item: `${OUTPUT}${item}`, type: '', start: 0, end: 0 }
    for (const { type, start, end, field } of parsed[values[j]!]!)
      yield { ...base, item: `${field === 'input' ? INPUT : OUTPUT}${item}`, type, start, end }
  }
}
