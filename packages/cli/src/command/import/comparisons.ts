import { defineCommand } from 'citty'
import { parseColumnMap } from '../../import/column-map.ts'
import { comparisonColumns, comparisonsImporter } from '../../import/comparisons.ts'
import { inputColumns, outputColumns, readTexts } from '../../import/texts.ts'
import { columnNames, columnOptions } from './column-option.ts'
import { importFile, importOptions } from './import-file.ts'

export const comparisonsCommand = defineCommand({
  meta: { name: 'comparisons', description: 'CSV or JSON lines with one comparison of two outputs a row' },
  args: {
    ...importOptions,
    ...columnOptions(comparisonColumns),
    ask: { type: 'string', description: 'Criterion of rows that do not name one', default: 'preference', valueHint: 'criterion' },
    inputs: { type: 'string', description: 'File with the text that each item asked: columns item, input', valueHint: 'FILE' },
    'inputs-columns': { type: 'string', description: 'What that file calls its columns', valueHint: 'item=id,input=text' },
    outputs: { type: 'string', description: 'File with the outputs: columns item, name, output', valueHint: 'FILE' },
    'outputs-columns': { type: 'string', description: 'What that file calls its columns', valueHint: 'item=id,name=model,output=text' },
  },
  async run({ args }) {
    const texts = await readTexts({
      inputs: args.inputs,
      inputNames: parseColumnMap('--inputs-columns', args['inputs-columns'], inputColumns),
      outputs: args.outputs,
      outputNames: parseColumnMap('--outputs-columns', args['outputs-columns'], outputColumns),
    })
    const importer = comparisonsImporter({ names: columnNames(comparisonColumns, args), criterion: args.ask, texts })
    await importFile('comparisons', importer, args)
  },
})
