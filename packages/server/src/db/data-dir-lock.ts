import { ApiError } from '@plaudit/protocol'
import { linkSync, mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
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
  const draft = `${path}.${process.pid}`
  // Linked into place whole, so that nobody ever reads half a lock.
  writeFileSync(draft, `${process.pid} ${startOf(process.pid) ?? ''}`, { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (link(draft, path)) {
        held.add(path)
        return () => {
          held.delete(path)
          unlinkSync(path)
        }
      }
      const [pid = '', start = ''] = readOrEmpty(path).split(' ')
      if (isOwned(path, Number(pid), start)) throw locked(dataDir, pid)
      rmSync(path, { force: true })
    }
    throw locked(dataDir, 'unknown')
  } finally {
    unlinkSync(draft)
  }
}

/** Locks of this process. Its number alone does not tell: in a container it may be that of the process that crashed before. */
const held = new Set<string>()

/** Whether the process in a lock still has it. A number comes round again; the start time tells its owner from a stranger. */
function isOwned(path: string, pid: number, start: string): boolean {
  if (pid === process.pid) return held.has(path)
  return isAlive(pid) && (startOf(pid) ?? '') === start
}

function link(draft: string, path: string): boolean {
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
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
  // Zero and negative numbers would ask about groups of processes.
  if (!(pid > 0)) return false
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
