import { readTable } from '../table/read-table.ts'
import { cellsByColumn, type ColumnNames, columnRequests } from './column-map.ts'

export const inputColumns = {
  item: { description: 'The item', required: true },
  input: { description: 'What was asked', required: true },
} as const
export const outputColumns = {
  item: { description: 'The item', required: true },
  name: { description: 'Who answered', required: true },
  output: { description: 'The answer', required: true },
} as const

/** Texts that stand in files of their own beside a table. */
export interface Texts {
  inputOf(item: string): string | undefined
  outputOf(item: string, name: string): string | undefined
}

export interface TextFiles {
  inputs?: string | undefined
  inputNames: ColumnNames<keyof typeof inputColumns>
  outputs?: string | undefined
  outputNames: ColumnNames<keyof typeof outputColumns>
}

/** Reads the files of texts, which are held in memory. Rows without a text are passed over: the item then has none. */
export async function readTexts({ inputs, inputNames, outputs, outputNames }: TextFiles): Promise<Texts> {
  const asked = new Map<string, string>()
  const answered = new Map<string, string>()
  if (inputs !== undefined) {
    for await (const { cells } of readTable(inputs, columnRequests(inputColumns, inputNames))) {
      const { item, input } = cellsByColumn(inputColumns, cells)
      if (item !== undefined && input !== undefined) asked.set(item, input)
    }
  }
  if (outputs !== undefined) {
    for await (const { cells } of readTable(outputs, columnRequests(outputColumns, outputNames))) {
      const { item, name, output } = cellsByColumn(outputColumns, cells)
      if (item !== undefined && name !== undefined && output !== undefined) answered.set(`${item}\0${name}`, output)
    }
  }
  return { inputOf: (item) => asked.get(item), outputOf: (item, name) => answered.get(`${item}\0${name}`) }
}
