import { defineCommand } from 'citty'

/** `plaudit export`: what was collected, as files. */
export const exportCommand = defineCommand({
  meta: { name: 'export', description: 'Write what was collected to files' },
  subCommands: {
    consensus: () => import('./export/consensus.ts').then((module) => module.exportConsensusCommand),
    feedback: () => import('./export/feedback.ts').then((module) => module.exportFeedbackCommand),
    queue: () => import('./export/queue.ts').then((module) => module.exportQueueCommand),
  },
})
