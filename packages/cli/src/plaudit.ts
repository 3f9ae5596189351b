import { defineCommand, type SubCommandsDef } from 'citty'
import { readFileSync } from 'node:fs'

/** Every command, loaded when it is asked for. A new one is a line here and a file under `command/`. */
const commands: SubCommandsDef = {
  start: () => import('./command/start.ts').then((module) => module.startCommand),
  key: () => import('./command/key.ts').then((module) => module.keyCommand),
  import: () => import('./command/import.ts').then((module) => module.importCommand),
  export: () => import('./command/export.ts').then((module) => module.exportCommand),
  stats: () => import('./command/stats.ts').then((module) => module.statsCommand),
  rank: () => import('./command/rank.ts').then((module) => module.rankCommand),
  reward: () => import('./command/reward.ts').then((module) => module.rewardCommand),
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

/** The whole command line. */
export const plaudit = defineCommand({
  meta: {
    name: 'plaudit',
    version,
    description: 'Collect human feedback on what language models write, trust it, learn from it, and improve with it',
  },
  subCommands: commands,
})
