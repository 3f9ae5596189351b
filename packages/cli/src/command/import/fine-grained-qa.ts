import { defineCommand } from 'citty'
import { importFineGrainedQa } from '../../import/fine-grained-qa.ts'
import { importFile, importOptions } from './import-file.ts'

export const fineGrainedQaCommand = defineCommand({
  meta: {
    name: 'fine-grained-qa',
    description: 'QA-Feedback: passages, four answers, preferences, marked errors, missing information, corrections',
  },
  args: importOptions,
  run: ({ args }) => importFile('fine-grained-qa', importFineGrainedQa, args),
})
