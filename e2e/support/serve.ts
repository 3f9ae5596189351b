// A server process of its own for the tests: settings from the environment, started and stopped the way an operator does it.
import { readConfig, startServer } from '@plaudit/server'

const server = await startServer(readConfig(process.env))
console.log(`Plaudit is ready at ${server.url}`)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.close().then(() => process.exit(0)))
