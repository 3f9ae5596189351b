import { ApiError } from '@plaudit/protocol'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** An engine that ends is noticed at once; one on a busy machine gets its time. */
const START_TIMEOUT_MS = 120_000
const GRACE_MS = 300

/** Where an engine answers: a loopback port, and a random path without which it answers nothing. */
export type EngineAddress = { port: number; token: string }
export type EmbeddedClickhouse = { url: string; pid: number; exited: Promise<void>; close(): Promise<void> }

/** A free port and a new random path. */
export async function newEngineAddress(): Promise<EngineAddress> {
  return { port: await freePort(), token: randomBytes(24).toString('hex') }
}

/**
 * Starts the embedded ClickHouse engine over the data in `dataDir`, and resolves once it answers.
 *
 * It ends with this process, however this process ends, because its standard input is a pipe from here.
 * @throws ApiError `unprocessable` where the platform has no engine or the engine does not start.
 */
export async function startEmbeddedClickhouse(dataDir: string, address?: EngineAddress): Promise<EmbeddedClickhouse> {
  const library = findLibrary()
  const { port, token } = address ?? (await newEngineAddress())
  mkdirSync(join(dataDir, 'data'), { recursive: true })
  const configFile = join(dataDir, 'engine.xml')
  writeFileSync(configFile, engineConfig(dataDir, token), { mode: 0o600 })
  const usersFile = join(dataDir, 'users.xml')
  writeFileSync(usersFile, usersConfig, { mode: 0o600 })
  const program = join(dirname(fileURLToPath(import.meta.url)), `clickhouse-engine${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`)
  const logFile = join(dataDir, 'engine.log')
  const log = openSync(logFile, 'w', 0o600)
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, library, configFile, join(dataDir, 'data'), String(port)],
    { stdio: ['pipe', log, log] },
  )
  closeSync(log)
  // A broken pipe on its input means that the engine is gone, which `exited` reports.
  child.stdin?.on('error', () => {})
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = `http://127.0.0.1:${port}/${token}`
  await untilReady(url, child, logFile)
  if (child.pid === undefined) throw new ApiError('unprocessable', 'The embedded event store did not start.')
  return { url, pid: child.pid, exited, close: () => stop(child, exited) }
}

/** Nothing to lose by force: every acknowledged insert is already synced to disk. */
async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.stdin?.end()
  await Promise.race([exited, sleep(GRACE_MS, undefined, { ref: false })])
  if (child.exitCode === null) child.kill('SIGKILL')
  await exited
}

async function untilReady(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}?query=SELECT%201`, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
    if (answer?.ok === true) return
    await sleep(15)
  }
  child.kill('SIGKILL')
  const said = readFileSync(logFile, 'utf8').slice(0, 600).trim()
  throw new ApiError('unprocessable', `The embedded event store did not start. Its log is in ${logFile}${said === '' ? '.' : `: ${said}`}`)
}

function findLibrary(): string {
  const advice = 'Point PLAUDIT_CLICKHOUSE_URL to a ClickHouse server instead.'
  const isMusl = process.platform === 'linux' && !reportsGlibc()
  if (!['linux', 'darwin'].includes(process.platform) || isMusl)
    throw new ApiError('unprocessable', `The embedded event store runs on glibc Linux and on macOS only. ${advice}`)
  const name = `@chdb/lib-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`
  try {
    // The platform's package is a dependency of chdb, so it is looked up from there.
    const chdb = createRequire(import.meta.url).resolve('chdb/package.json')
    const library = join(dirname(createRequire(chdb).resolve(`${name}/package.json`)), 'libchdb.so')
    if (existsSync(library)) return library
  } catch {
    // Falls through to the one message below.
  }
  throw new ApiError('unprocessable', `The embedded event store is not installed: run \`npm install chdb\` (180 MB). ${advice}`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

// `clickhouse-local` signs in to itself as `default` without a password, so a password cannot guard the port. The one handler that is
// mounted under the random path does.
const engineConfig = (dataDir: string, token: string) => `<clickhouse>
  <logger><level>none</level><console>0</console></logger>
  <users_config>${escapeXml(join(dataDir, 'users.xml'))}</users_config>
  <user_directories><users_xml><path>${escapeXml(join(dataDir, 'users.xml'))}</path></users_xml></user_directories>
  <http_handlers>
    <rule><url>/${token}</url><handler><type>dynamic_query_handler</type><query_param_name>query</query_param_name></handler></rule>
  </http_handlers>
  <keep_alive_timeout>60</keep_alive_timeout>
</clickhouse>
`

const usersConfig = `<clickhouse>
  <users><default><no_password/><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
  <profiles><default/></profiles><quotas><default/></quotas>
</clickhouse>
`

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function reportsGlibc(): boolean {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }
  return header?.glibcVersionRuntime !== undefined
}
