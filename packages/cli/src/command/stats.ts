import { defineCommand } from 'citty'

/** `plaudit stats`: whether judgments in a file can be trusted. */
export const statsCommand = defineCommand({
  meta: { name: 'stats', description: 'Agreement and consensus of the ratings in a file' },
  subCommands: {
    agreement: () => import('./stats/agreement.ts').then((module) => module.agreementCommand),
    marks: () => import('./stats/marks.ts').then((module) => module.marksCommand),
    consensus: () => import('./stats/consensus.ts').then((module) => module.consensusCommand),
  },
})
