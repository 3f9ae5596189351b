import { defineCommand } from 'citty'
import { ratingColumns, ratingsImporter } from '../../import/ratings.ts'
import { columnNames, columnOptions } from './column-option.ts'
import { importFile, importOptions } from './import-file.ts'

export const ratingsCommand = defineCommand({
  meta: { name: 'ratings', description: 'CSV or JSON lines with one rating or label a row' },
  args: {
    ...importOptions,
    ...columnOptions(ratingColumns),
    ask: { type: 'string', description: 'Criterion of rows that do not name one', default: 'quality', valueHint: 'criterion' },
    kind: {
      type: 'enum',
      options: ['auto', 'rating', 'label'],
      description: 'What values are; auto takes numbers as ratings and the rest as labels',
      default: 'auto',
    },
  },
  run({ args }) {
    const kind = args.kind === 'rating' || args.kind === 'label' ? args.kind : 'auto'
    return importFile('ratings', ratingsImporter({ names: columnNames(ratingColumns, args), criterion: args.ask, kind }), args)
  },
})
