import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { newDataDir } from '../../packages/server/src/test-support/data-dir.ts'

const START_TIMEOUT_MS = 60_000
const program = join(dirname(fileURLToPath(import.meta.url)), '../../packages/cli/src/main.ts')

/** The account, the project and the keys that every test server is set up with. */
export const admin = { email: 'owner@example.com', password: 'correct horse battery' } as const
export const keys = { secretKey: 'sk-plaudit-for-tests-only', publicKey: 'pk-plaudit-for-tests-only' } as const

export type TestServer = {
  url: string
  keys: typeof keys
  dataDir: string
  /** Of the process that now serves. */
  pid(): number
  /** What it has written to standard output and error. */
  output(): string
  /** Ends it as an operator does (SIGTERM) and resolves with its exit code. The data stays. */
  stop(): Promise<number | null>
  /** Ends it as a crash does. The data stays. */
  kill9(): Promise<void>
  /** Starts it again over the same data, on the same port, after `stop` or `kill9`. */
  restart(): Promise<void>
  /** Stops it if it runs, and deletes the data. */
  remove(): Promise<void>
}

/**
 * Starts a real server process on a free port over a new data directory, and resolves once it is ready.
 * @param env further settings, by environment variable.
 */
export async function startTestServer(env: Record<string, string> = {}): Promise<TestServer> {
  const dataDir = await newDataDir('e2e')
  let child: ChildProcess
  let exited: Promise<number | null>
  let output = ''
  let url = ''

  async function start(port: string): Promise<void> {
    output = ''
    child = spawn(process.execPath, ['--conditions=source', '--disable-warning=ExperimentalWarning', program, 'start'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PLAUDIT_PORT: port,
        PLAUDIT_DATA_DIR: dataDir,
        PLAUDIT_ADMIN_EMAIL: admin.email,
        PLAUDIT_ADMIN_PASSWORD: admin.password,
        PLAUDIT_PROJECT: 'Test project',
        PLAUDIT_SECRET_KEY: keys.secretKey,
        PLAUDIT_PUBLIC_KEY: keys.publicKey,
        ...env,
      },
    })
    exited = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
    const deadline = Date.now() + START_TIMEOUT_MS
    for (;;) {
      const ready = /running at (http\S+)/.exec(output)?.[1]
      if (ready !== undefined) {
        url = ready
        return
      }
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start:\n${output}`)
      await sleep(20)
    }
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    return exited
  }

  await start('0')
  return {
    get url() {
      return url
    },
    keys,
    dataDir,
    pid: () => child.pid ?? 0,
    output: () => output,
    stop: () => end('SIGTERM'),
    kill9: async () => void (await end('SIGKILL')),
    restart: () => start(new URL(url).port),
    async remove() {
      await end('SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
