import { ApiError } from '@plaudit/protocol'
import { marksAlpha, marksBuilder, marksF1, type MarkedText, type MarkRow, markTypes, StatsError } from '@plaudit/stats'
import { defineCommand } from 'citty'
import { nameOf } from '../../table/open-text.ts'
import { readTable } from '../../table/read-table.ts'
import { estimateLine, withReason } from './estimate-text.ts'

const columns = ['item', 'rater', 'type', 'start', 'end', 'length'] as const

export const marksCommand = defineCommand({
  meta: { name: 'marks', description: 'How far raters mark the same passages' },
  args: {
    file: {
      type: 'positional',
      required: true,
      description: 'CSV or JSON lines, one mark a row; an empty type means that the rater marked nothing',
    },
    item: { type: 'string', description: 'Column of the item', default: 'item' },
    rater: { type: 'string', description: 'Column of the rater', default: 'rater' },
    type: { type: 'string', description: 'Column of the type of mark', default: 'type' },
    start: { type: 'string', description: 'Column of the start, in code points', default: 'start' },
    end: { type: 'string', description: 'Column of the end, exclusive', default: 'end' },
    length: { type: 'string', description: `Column of the length of the item's text`, default: 'length' },
    tolerance: { type: 'string', description: 'Code points by which a boundary may be off', default: '0' },
    json: { type: 'boolean', description: 'Print one JSON object' },
  },
  async run({ args }) {
    const tolerance = Number(args.tolerance)
    const builder = marksBuilder()
    let marks = 0
    const wanted = columns.map((name) => ({ name: args[name], required: true, option: `--${name}` }))
    for await (const { line, cells } of readTable(args.file, wanted)) {
      const place = `${nameOf(args.file)}, line ${line}`
      const row = rowOf(place, cells)
      if (row.type !== '') marks += 1
      try {
        builder.add(row)
      } catch (error) {
        if (error instanceof StatsError) throw new ApiError('invalid_argument', `${place}: ${error.message}.`, { cause: error })
        throw error
      }
    }
    const result = marksAgreement(builder.build(), marks, tolerance)
    process.stdout.write(args.json ? `${JSON.stringify(result)}\n` : marksText(result))
  },
})

/** Agreement of marks: by characters for each type, and by F1 over all. */
export function marksAgreement(texts: readonly MarkedText[], marks: number, tolerance: number) {
  const types = markTypes(texts)
  const f1 = marksF1(texts, { tolerance })
  const perType = (text: 'all' | 'marked') => Object.fromEntries(types.map((type) => [type, withReason(marksAlpha(texts, { type, text }))]))
  return {
    items: f1.items,
    raterPairs: f1.raterPairs,
    marks,
    alphaByType: perType('all'),
    alphaByTypeMarkedOnly: perType('marked'),
    alpha: withReason(marksAlpha(texts)),
    alphaMarkedOnly: withReason(marksAlpha(texts, { text: 'marked' })),
    exactF1: withReason(f1.exact),
    charF1: withReason(f1.characters),
    boundaryF1: withReason(f1.boundary),
    iou: withReason(f1.iou),
  }
}

function rowOf(place: string, cells: readonly (string | undefined)[]): MarkRow {
  const [item = '', rater = '', type = '', start = '', end = '', length = ''] = cells
  const number = (name: string, text: string) => {
    if (type === '' && text === '') return 0
    const value = Number(text)
    if (text.trim() === '' || !Number.isInteger(value) || value < 0)
      throw new ApiError('invalid_argument', `${place}: ${name} must be a whole number of at least 0, not ${JSON.stringify(text)}.`)
    return value
  }
  if (item === '' || rater === '') throw new ApiError('invalid_argument', `${place}: item and rater must not be empty.`)
  return { item, rater, type, start: number('start', start), end: number('end', end), length: number('length', length) }
}

function marksText(result: ReturnType<typeof marksAgreement>): string {
  const lines = [
    `${result.marks} marks in ${result.items} items that several raters read, ${result.raterPairs} pairs of raters`,
    '',
    `${''.padEnd(26)}estimate  95 % interval`,
    ...Object.entries(result.alphaByType).map(([type, alpha]) => estimateLine(`alpha of ${type}`.slice(0, 25), alpha)),
    estimateLine('alpha of any type', result.alpha),
    estimateLine('  on marked text alone', result.alphaMarkedOnly),
    estimateLine('exact F1', result.exactF1),
    estimateLine('character F1', result.charF1),
    estimateLine('boundary F1', result.boundaryF1),
    estimateLine('intersection over union', result.iou),
  ]
  return `${lines.join('\n')}\n`
}
