import { defineCommand } from 'citty'

/** `plaudit import`: feedback of public data sets and of spreadsheets, with the texts that it is about. */
export const importCommand = defineCommand({
  meta: { name: 'import', description: 'Bring feedback in from files, with the texts that it is about' },
  subCommands: {
    'hh-rlhf': () => import('./import/hh-rlhf.ts').then((module) => module.hhRlhfCommand),
    'fine-grained-qa': () => import('./import/fine-grained-qa.ts').then((module) => module.fineGrainedQaCommand),
    comparisons: () => import('./import/comparisons.ts').then((module) => module.comparisonsCommand),
    ratings: () => import('./import/ratings.ts').then((module) => module.ratingsCommand),
    feedback: () => import('./import/feedback.ts').then((module) => module.feedbackCommand),
  },
})
