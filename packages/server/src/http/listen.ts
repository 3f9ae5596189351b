import { createAdaptorServer } from '@hono/node-server'
import { ApiError } from '@plaudit/protocol'
import type { Server } from 'node:http'

const LONGEST_REQUEST_MS = 10_000
/** Longer than exporters pause between two batches, so that they do not write into a connection that is just being closed. */
const KEEP_ALIVE_MS = 65_000

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch']
export type Listening = { port: number; url: string; close(): Promise<void> }

/**
 * Listens for HTTP. `close` takes no new request and resolves once those under way are answered, at the latest after ten seconds.
 * @throws ApiError with what to do when the address is taken or cannot be used.
 */
export async function listen(fetch: Fetch, { host, port }: { host: string; port: number }): Promise<Listening> {
  // Without TLS the adaptor makes a plain HTTP/1 server.
  const server = createAdaptorServer({ fetch }) as Server
  server.keepAliveTimeout = KEEP_ALIVE_MS
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)))
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const listeningPort = typeof address === 'object' && address !== null ? address.port : port
  return { port: listeningPort, url: `http://${reachable(host)}:${listeningPort}`, close: () => close(server) }
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A connection that is kept alive becomes idle only after its last answer.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const deadline = setTimeout(() => server.closeAllConnections(), LONGEST_REQUEST_MS)
  await closed
  clearInterval(idle)
  clearTimeout(deadline)
}

/** An address that a browser on this machine can open. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new ApiError('conflict', `Port ${port} on ${host} is taken. Stop what uses it, or choose another with --port or PLAUDIT_PORT.`)
  if (error.code === 'EACCES')
    return new ApiError('forbidden', `This user may not listen on port ${port}. Choose one above 1023 with --port or PLAUDIT_PORT.`)
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return new ApiError('invalid_argument', `${host} is no address of this machine. Choose one with --host or PLAUDIT_HOST.`)
  return error
}
