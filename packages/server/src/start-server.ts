import { type Logger, pino } from 'pino'
import { setUpFromEnvironment } from './accounts/environment.ts'
import type { Config } from './config.ts'
import { createApp } from './http/app.ts'
import { listen, type Listening } from './http/listen.ts'
import { startingApp } from './http/starting.ts'
import { startWorkers } from './jobs/workers.ts'
import { type Operator, operatorOf } from './operator.ts'
import { openContext } from './open-context.ts'

export type RunningServer = {
  /** Where it answers, without a slash at the end. */
  url: string
  port: number
  operator: Operator
  /** Takes no new request, answers those under way, writes what was accepted, and lets go of the data directory. */
  close(): Promise<void>
}

/**
 * Starts the platform in this process and resolves once it answers.
 *
 * The port is taken first, so that a second start fails before it touches anything; until the stores are open every request is told to
 * come again in a second.
 * @param config as `readConfig` makes it; port 0 takes any free port.
 * @throws ApiError with a sentence that says what to do: the port is taken, the data directory is in use, a store cannot be reached, the
 *   platform has no embedded engine. Whatever was opened is closed again.
 */
export async function startServer(config: Config, log: Logger = pino()): Promise<RunningServer> {
  let app: Pick<ReturnType<typeof createApp>, 'fetch'> = startingApp()
  const listening = await listen((request, env) => app.fetch(request, env), config)
  const opened: { close(): Promise<void> }[] = []
  let operator: Operator
  let closing: Promise<void> | null = null
  const close = () => (closing ??= closeAll(listening, opened))
  try {
    const open = await openContext(config, log, listening.url)
    opened.push(open)
    const { context } = open
    await setUpFromEnvironment(context)
    opened.push(await startWorkers(context))
    app = createApp(context)
    operator = operatorOf(context)
  } catch (error) {
    await close()
    throw error
  }
  log.info({ url: listening.url, role: config.role }, 'ready')
  return { url: listening.url, port: listening.port, operator, close }
}

/** First the door, then what stands behind it, in the order opposite to that of opening. */
async function closeAll(listening: Listening, opened: { close(): Promise<void> }[]): Promise<void> {
  await listening.close()
  for (const one of opened.toReversed()) await one.close()
}
