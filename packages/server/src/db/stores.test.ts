import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { newDataDir } from '../test-support/data-dir.ts'
import { lockDataDir } from './data-dir-lock.ts'
import { openStores } from './stores.ts'

const log = pino({ level: 'silent' })
const dirs: string[] = []
const newDir = () => {
  const dir = mkdtempSync(join(tmpdir(), 'plaudit-stores-'))
  dirs.push(dir)
  return dir
}
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
})

describe('the lock of the data directory', () => {
  test('is refused to a second owner, with the process that has it', () => {
    const dir = newDir()
    const unlock = lockDataDir(dir)
    expect(() => lockDataDir(dir)).toThrow(new RegExp(`in use by process ${process.pid}.*--data-dir`))
    unlock()
    lockDataDir(dir)()
  })

  test('of a process that is gone, or whose number another process has now, is taken over', () => {
    for (const owner of ['4194305 1', '1 1', '']) {
      const dir = newDir()
      writeFileSync(join(dir, 'lock'), owner)
      lockDataDir(dir)()
    }
  })
})

test('a store that cannot be opened is named, and the other one is closed again', async () => {
  const dataDir = await newDataDir('stores')
  dirs.push(dataDir)
  const config = { dataDir, clickhouseUrl: 'http://127.0.0.1:9', postgresUrl: null }
  await expect(openStores(config, log)).rejects.toThrow(/127\.0\.0\.1:9 cannot be used.*PLAUDIT_CLICKHOUSE_URL/)
  // The directory is free again, so the same mistake can be corrected and tried at once.
  const stores = await openStores({ ...config, clickhouseUrl: null }, log)
  expect(await stores.events.ping()).toBe(true)
  await stores.close()
})
