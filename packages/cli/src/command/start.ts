import type { RunningServer } from '@plaudit/server'
import { defineCommand } from 'citty'
import { pino } from 'pino'
import { statusLine } from '../terminal/status-line.ts'
import { untilStopped } from '../terminal/stop-signal.ts'

export const startCommand = defineCommand({
  meta: { name: 'start', description: 'Start the platform: collector, API, web app and workers in one process' },
  args: {
    port: { type: 'string', description: 'Port to listen on; 0 takes any free one. Default 4100, or PLAUDIT_PORT', valueHint: 'number' },
    host: {
      type: 'string',
      description: 'Address to listen on. Default 127.0.0.1 (this machine alone), or PLAUDIT_HOST',
      valueHint: 'address',
    },
    'data-dir': { type: 'string', description: 'Where everything is kept. Default .plaudit, or PLAUDIT_DATA_DIR', valueHint: 'folder' },
    role: { type: 'string', description: 'What this process does. Default all, or PLAUDIT_ROLE', valueHint: 'all|api|worker' },
    sample: { type: 'boolean', description: 'Put a sample project in, unless that was done before', default: false },
    'log-level': {
      type: 'enum',
      options: ['error', 'warn', 'info', 'debug'],
      description: 'How much is logged, on standard error',
      default: 'warn',
    },
  },
  async run({ args }) {
    const stop = untilStopped()
    const { readConfig, startServer } = await import('@plaudit/server')
    const config = readConfig(process.env, { port: args.port, host: args.host, dataDir: args['data-dir'], role: args.role })
    const log = pino({ level: args['log-level'] }, pino.destination(2))
    const server = await startServer(config, log)
    try {
      const ready = (args.sample ? withSample(server) : Promise.resolve()).then(() => announce(server.url))
      // Who stops it while the sample is written need not wait for that; the next start finishes it.
      await Promise.race([stop, Promise.all([ready, stop])])
    } finally {
      await server.close()
    }
  },
})

async function withSample(server: RunningServer): Promise<void> {
  const { createSample, sampleProjectName } = await import('../sample/create-sample.ts')
  const line = statusLine()
  const isNew = await createSample(server, ({ spans, feedback }) =>
    line.show(`${sampleProjectName}: ${spans} spans, ${feedback} judgments …`),
  )
  line.clear()
  if (isNew) process.stderr.write(`The project "${sampleProjectName}" was created.\n`)
}

function announce(url: string): void {
  process.stdout.write(`Plaudit is running at ${url}\n`)
}
