import { ApiError } from '@plaudit/protocol'
import { closeSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Takes the data directory for this process alone. PGlite has no lock of its own: a second process on the same directory would silently
 * lose acknowledged commits. The lock of a process that is gone is taken over.
 * @returns a function that gives the directory back.
 * @throws ApiError `conflict` with the owner's process id.
 */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, 'lock')
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const file = openSync(path, 'wx', 0o600)
      writeSync(file, `${process.pid} ${startOf(process.pid) ?? ''}`)
      closeSync(file)
      return () => unlinkSync(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const [pid = '', start = ''] = readOrEmpty(path).split(' ')
    // A process id comes round again; the start time tells the owner from a stranger that got its number.
    if (pid !== '' && startOf(Number(pid)) === (start === '' ? undefined : start) && isAlive(Number(pid)) && Number(pid) !== process.pid)
      throw locked(dataDir, pid)
    if (Number(pid) === process.pid) throw locked(dataDir, pid)
    unlinkSync(path)
  }
  throw locked(dataDir, 'unknown')
}

function locked(dataDir: string, pid: string): ApiError {
  return new ApiError('conflict', `${dataDir} is in use by process ${pid}. Stop it, or start with another --data-dir.`)
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Start of a process in clock ticks since boot, where the system tells (Linux). */
function startOf(pid: number): string | undefined {
  return /\) (?:\S+ ){19}(\S+)/.exec(readOrEmpty(`/proc/${pid}/stat`))?.[1]
}
