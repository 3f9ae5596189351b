import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

const START_TIMEOUT_MS = 30_000

/** Folder with `initdb` and `postgres`; null where PostgreSQL's server is not installed. */
export function postgresBin(): string | null {
  const places = [process.env['POSTGRES_BIN'], ...['18', '17', '16', '15'].map((version) => `/usr/lib/postgresql/${version}/bin`)]
  return places.find((dir) => dir !== undefined && existsSync(join(dir, 'initdb'))) ?? null
}

export type PostgresServer = {
  /** Address of a new, empty database. */
  newDatabase(): Promise<string>
  /** Ends every process of the server at once, as a crash does, and starts it again over the same data. */
  crash(): Promise<void>
  remove(): Promise<void>
}

/** Starts a PostgreSQL server with a new data directory on a free loopback port. It refuses to run as root, so root lends it a user. */
export async function startPostgres(bin: string): Promise<PostgresServer> {
  const dir = mkdtempSync(join(tmpdir(), 'plaudit-postgres-'))
  const user = process.getuid?.() === 0 ? unprivileged() : null
  if (user !== null) chownSync(dir, user.uid, user.gid)
  const passwordFile = join(dir, 'password')
  writeFileSync(passwordFile, 'not-shown', { mode: 0o644 })
  const data = join(dir, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'plaudit', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'], {
    ...user,
    cwd: dir,
    stdio: 'ignore',
  })
  const port = await freePort()
  const address = (database: string) => `postgres://plaudit:not-shown@127.0.0.1:${port}/${database}`
  let server: ChildProcess
  let count = 0

  async function start(): Promise<void> {
    const args = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${dir}`]
    server = spawn(join(bin, 'postgres'), args, { ...user, cwd: dir, stdio: 'ignore' })
    for (const deadline = Date.now() + START_TIMEOUT_MS; ; await sleep(50)) {
      if (
        await run('SELECT 1').then(
          () => true,
          () => false,
        )
      )
        return
      if (server.exitCode !== null || Date.now() > deadline) throw new Error('PostgreSQL did not start')
    }
  }

  async function run(statement: string): Promise<void> {
    const client = new Client({ connectionString: address('postgres') })
    // The server may be killed under the connection.
    client.on('error', () => {})
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }

  async function end(signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill(signal)
    await ended
  }

  await start()
  return {
    async newDatabase() {
      count += 1
      await run(`CREATE DATABASE plaudit_${count}`)
      return address(`plaudit_${count}`)
    },
    async crash() {
      // Its children notice by themselves that the parent is gone and end; a new server waits for that.
      await end('SIGKILL')
      await start()
    },
    async remove() {
      await end('SIGINT')
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function unprivileged(): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
