import { ApiError } from '@plaudit/protocol'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openJournal, type JournalOptions } from './journal.ts'
import { type Rows, RowWriter } from './row-writer.ts'

const rowsOf = (...texts: string[]): Rows => {
  const rows = new RowWriter()
  for (const text of texts) rows.text(text)
  return rows.finish(texts.length)
}
const textsOf = ({ chunks, count }: Rows): string[] => {
  const bytes = Buffer.concat(chunks)
  const texts: string[] = []
  for (let at = 0; texts.length < count; at += 1 + (bytes[at] ?? 0)) texts.push(bytes.toString('utf8', at + 1, at + 1 + (bytes[at] ?? 0)))
  return texts
}

/** A store that takes each token once, as the event store's tables do. */
function tokenStore() {
  const taken = new Map<string, string[]>()
  return {
    texts: () => [...taken.values()].flat(),
    inserts: () => taken.size,
    insert: async (_into: string, rows: Rows, token: string) => void (taken.has(token) || taken.set(token, textsOf(rows))),
  }
}

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'plaudit-journal-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const opened = (options: Pick<JournalOptions, 'insert'> & Partial<JournalOptions>) =>
  openJournal({
    dir,
    into: 't (a) FORMAT RowBinary',
    areRowsUnfit: (error) => (error as Error).message === 'cannot parse',
    onDelay: () => {},
    onRefused: (error) => {
      throw error
    },
    ...options,
  })
const segments = () => readdirSync(dir).filter((name) => name.endsWith('.journal'))

test('rows are on disk when they are acknowledged, in the store when somebody wants to read them, and share an insert', async () => {
  const store = tokenStore()
  const journal = await opened({ insert: store.insert, lingerMs: 60_000 })
  for (const text of ['a', 'b', 'c']) await journal.append(rowsOf(text))
  expect(readFileSync(join(dir, segments()[0]!), 'latin1')).toMatch(/a.*b.*c/s)
  expect(store.texts()).toEqual([])
  await journal.settled()
  expect(store.texts()).toEqual(['a', 'b', 'c'])
  expect(store.inserts()).toBe(1)
  await journal.close()
  expect(readdirSync(dir)).toEqual([])
})

test('what nobody reads is inserted a moment later', async () => {
  const store = tokenStore()
  const journal = await opened({ insert: store.insert, lingerMs: 10 })
  await journal.append(rowsOf('a'))
  await expect.poll(store.texts).toEqual(['a'])
  await journal.close()
})

test('what a process left behind is inserted by the next one, also when it had been inserted and only not been removed', async () => {
  const store = tokenStore()
  const died = await opened({ insert: store.insert, lingerMs: 60_000 })
  await died.append(rowsOf('a', 'b'))
  await died.append(rowsOf('c'))
  const [left] = segments()
  const bytes = readFileSync(join(dir, left!))
  for (let round = 0; round < 2; round++) {
    writeFileSync(join(dir, left!), bytes)
    const journal = await opened({ insert: store.insert })
    expect(store.texts()).toEqual(['a', 'b', 'c'])
    await journal.close()
    expect(segments()).not.toContain(left)
  }
})

test.each([1, 3, 16, 20])('a record whose last %i bytes were never written is no record; those before it are', async (missing) => {
  const died = await opened({ insert: tokenStore().insert, lingerMs: 60_000 })
  await died.append(rowsOf('first'))
  await died.append(rowsOf('second'))
  const path = join(dir, segments()[0]!)
  truncateSync(path, readFileSync(path).byteLength - missing)
  const store = tokenStore()
  await (await opened({ insert: store.insert })).close()
  expect(store.texts()).toEqual(['first'])
})

test('a store that is away delays nothing but its own inserts, until so much waits that writers wait too', async () => {
  const store = tokenStore()
  let isAway = true
  const insert: JournalOptions['insert'] = async (...args) => {
    if (isAway) throw new ApiError('overloaded', 'away')
    return store.insert(...args)
  }
  const delays: unknown[] = []
  const journal = await opened({ insert, onDelay: (error) => delays.push(error), lingerMs: 1, patienceMs: 1, mostBehindBytes: 3 })
  await journal.append(rowsOf('a'))
  await journal.append(rowsOf('b'))
  const late = journal.append(rowsOf('c'))
  expect(await Promise.race([late.then(() => 'written'), new Promise((resolve) => setTimeout(resolve, 50, 'waits'))])).toBe('waits')
  await journal.settled()
  expect(store.texts()).toEqual([])
  expect(delays.length).toBeGreaterThan(0)
  isAway = false
  await late
  await expect.poll(store.texts).toHaveLength(3)
  expect(store.texts()).toEqual(['a', 'b', 'c'])
  await journal.close()
})

test('whatever else an insert fails for, its rows are tried again', async () => {
  const store = tokenStore()
  let tries = 0
  const insert: JournalOptions['insert'] = async (...args) => {
    if (++tries < 3) throw new Error('cannot write to file descriptor')
    return store.insert(...args)
  }
  const journal = await opened({ insert })
  await journal.append(rowsOf('a'))
  await journal.settled()
  expect(store.texts()).toEqual(['a'])
  await journal.close()
  expect(readdirSync(dir)).toEqual([])
})

test('readers wait once for a store that takes no rows, and a journal that is full closes all the same', async () => {
  const journal = await opened({ insert: () => Promise.reject(new Error('disk full')), patienceMs: 40, mostBehindBytes: 2 })
  await journal.append(rowsOf('a'))
  expect(await journal.settled()).toBe(false)
  const began = performance.now()
  expect(await journal.settled()).toBe(false)
  expect(performance.now() - began).toBeLessThan(30)
  const waiting = journal.append(rowsOf('b'))
  await journal.close()
  await waiting
  const store = tokenStore()
  await (await opened({ insert: store.insert })).close()
  expect(store.texts()).toEqual(['a', 'b'])
})

test('a journal that is damaged is kept, and what stands before the damage is inserted', async () => {
  const died = await opened({ insert: tokenStore().insert, lingerMs: 60_000 })
  for (const text of ['first', 'second', 'third']) await died.append(rowsOf(text))
  const path = join(dir, segments()[0]!)
  const bytes = readFileSync(path)
  bytes[bytes.indexOf('second')]! ^= 1
  writeFileSync(path, bytes)
  const store = tokenStore()
  const refused: string[] = []
  await (await opened({ insert: store.insert, onRefused: (_error, file) => refused.push(file) })).close()
  expect(store.texts()).toEqual(['first'])
  expect(refused).toEqual([`${path}.damaged`])
  expect(readFileSync(`${path}.damaged`)).toEqual(bytes)
})

test('a journal that closes while the store is away keeps its rows for the next start', async () => {
  const away = await opened({ insert: () => Promise.reject(new ApiError('overloaded', 'away')), lingerMs: 60_000 })
  await away.append(rowsOf('a'))
  await away.close()
  const store = tokenStore()
  let tries = 0
  const insert: JournalOptions['insert'] = async (...args) => {
    if (++tries === 1) throw new ApiError('overloaded', 'still away')
    return store.insert(...args)
  }
  await (await opened({ insert })).close()
  expect(store.texts()).toEqual(['a'])
})

test('rows that the store refuses are kept in a file and cost their neighbours nothing', async () => {
  const store = tokenStore()
  const insert: JournalOptions['insert'] = async (into, rows, token) => {
    if (textsOf(rows).includes('bad')) throw new Error('cannot parse')
    return store.insert(into, rows, token)
  }
  const refused: string[] = []
  const journal = await opened({ insert, onRefused: (error, file) => refused.push(`${String(error)} ${readFileSync(file, 'latin1')}`) })
  await Promise.all([journal.append(rowsOf('a')), journal.append(rowsOf('b'))])
  await journal.append(rowsOf('bad'))
  await journal.append(rowsOf('c'))
  await journal.settled()
  expect(store.texts()).toEqual(['a', 'b', 'c'])
  expect(refused).toEqual([expect.stringMatching(/cannot parse.*bad/s)])
  await journal.close()
})

test('while the directory cannot be written whoever appends hears of it; afterwards all is well', async () => {
  const store = tokenStore()
  const journal = await opened({ insert: store.insert })
  rmSync(dir, { recursive: true })
  // A segment that was begun before takes these rows; the next one cannot be made.
  await journal.append(rowsOf('a'))
  await journal.settled()
  await expect(journal.append(rowsOf('b'))).rejects.toThrow(/journal of the event store cannot be written/)
  mkdirSync(dir)
  await journal.append(rowsOf('c'))
  await journal.settled()
  expect(store.texts()).toEqual(['a', 'c'])
  await journal.close()
})
