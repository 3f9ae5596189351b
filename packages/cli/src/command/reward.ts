import { defineCommand } from 'citty'

/** `plaudit reward`: from preferences to a model that scores outputs. */
export const rewardCommand = defineCommand({
  meta: { name: 'reward', description: 'Train a reward model on preferences, judge it, and score outputs with it' },
  subCommands: {
    train: () => import('./reward/train.ts').then((module) => module.trainCommand),
    evaluate: () => import('./reward/evaluate.ts').then((module) => module.evaluateCommand),
    score: () => import('./reward/score.ts').then((module) => module.scoreCommand),
    serve: () => import('./reward/serve.ts').then((module) => module.serveCommand),
  },
})
