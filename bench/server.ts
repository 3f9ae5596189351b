import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const program = join(import.meta.dirname, '../packages/cli/src/main.ts')
export const secretKey = 'sk-plaudit-for-the-bench-only'

/** A server process over `dataDir` on a free port, with further settings by environment variable; `startMs` is the time until it answered that it is ready. */
export async function startBenchServer(dataDir: string, env: Record<string, string> = {}) {
  const started = performance.now()
  const child = spawn(process.execPath, ['--conditions=source', '--disable-warning=ExperimentalWarning', program, 'start'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PLAUDIT_PORT: '0',
      PLAUDIT_DATA_DIR: dataDir,
      PLAUDIT_PROJECT: 'Bench',
      PLAUDIT_SECRET_KEY: secretKey,
      PLAUDIT_PUBLIC_KEY: 'pk-plaudit-for-the-bench-only',
      PLAUDIT_ADMIN_EMAIL: 'bench@example.com',
      PLAUDIT_ADMIN_PASSWORD: 'correct horse battery',
      ...env,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let url: string | undefined
  while (url === undefined || !(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`the server did not start:\n${output}`)
    await sleep(10)
    url = /running at (http[^\s"]+)/.exec(output)?.[1]
  }
  const pid = child.pid ?? 0
  return {
    url,
    /** What it has written so far. */
    output: () => output,
    startMs: performance.now() - started,
    /** Resident memory of the server and of its engine, in MiB; null where the system does not tell. */
    memoryMiB: () => ({ server: residentMiB(pid), engine: childrenOf(pid).reduce((sum, one) => sum + (residentMiB(one) ?? 0), 0) || null }),
    /** Processor time of the server and of its engine so far, in ms; null where the system does not tell. */
    cpuMs: () => ({ server: cpuMs(pid), engine: cpuOfChildrenMs(pid) }),
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  )
}

function residentMiB(pid: number): number | null {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1]
  return kib === undefined ? null : Math.round(Number(kib) / 1024)
}

function childrenOf(pid: number): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && new RegExp(`\\) \\S ${pid} `).test(readOrEmpty(`/proc/${name}/stat`)))
    .map(Number)
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Processor time so far of PostgreSQL's processes, where this process has started a server, in ms. */
export function postgresCpuMs(): number {
  const [main] = childrenOf(process.pid).filter((pid) => readOrEmpty(`/proc/${pid}/comm`).startsWith('postgres'))
  return main === undefined ? 0 : (cpuMs(main) ?? 0) + cpuOfChildrenMs(main)
}

function cpuOfChildrenMs(pid: number): number {
  return childrenOf(pid).reduce((sum, one) => sum + (cpuMs(one) ?? 0), 0)
}

/** User and system time of a process; Linux says it in /proc, in hundredths of a second. */
function cpuMs(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return null
  }
}
