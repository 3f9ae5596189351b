import { defineCommand } from 'citty'
import { importFeedback } from '../../import/feedback.ts'
import { importFile, importOptions } from './import-file.ts'

export const feedbackCommand = defineCommand({
  meta: { name: 'feedback', description: "JSON lines of the API's feedback records, as `plaudit export feedback` writes them" },
  args: importOptions,
  run: ({ args }) => importFile('feedback', importFeedback, args),
})
