import { defineCommand } from 'citty'
import { importHhRlhf } from '../../import/hh-rlhf.ts'
import { importFile, importOptions } from './import-file.ts'

export const hhRlhfCommand = defineCommand({
  meta: { name: 'hh-rlhf', description: 'Chosen and rejected transcripts ("Human: … Assistant: …"), JSON lines: pairs with a preference' },
  args: importOptions,
  run: ({ args }) => importFile('hh-rlhf', importHhRlhf, args),
})
