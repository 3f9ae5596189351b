import { defineCommand } from 'citty'

const createCommand = defineCommand({
  meta: { name: 'create', description: 'Make a pair of keys, and the project if there is none, while no server runs on the data' },
  args: {
    project: { type: 'string', description: 'Name of the project', required: true, valueHint: 'NAME' },
    name: { type: 'string', description: 'What the keys are for', default: 'Command line' },
    'data-dir': { type: 'string', description: 'Where everything is kept. Default .plaudit, or PLAUDIT_DATA_DIR', valueHint: 'folder' },
  },
  async run({ args }) {
    const { openOperator, readConfig } = await import('@plaudit/server')
    const operator = await openOperator(readConfig(process.env, { dataDir: args['data-dir'] }))
    try {
      const { publicKey, secretKey } = await operator.createKey(await operator.ensureProject(args.project), args.name)
      process.stdout.write(`PLAUDIT_SECRET_KEY=${secretKey}\nPLAUDIT_PUBLIC_KEY=${publicKey}\n`)
      process.stderr.write('The secret key is shown this once.\n')
    } finally {
      await operator.close()
    }
  },
})

/** `plaudit key`: keys of projects, at the machine itself. */
export const keyCommand = defineCommand({
  meta: { name: 'key', description: 'Make keys of a project without signing in, at the machine itself' },
  subCommands: { create: createCommand },
})
