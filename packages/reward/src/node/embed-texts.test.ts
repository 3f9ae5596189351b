import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { loadRewardModel, writeRewardModel } from '../model/model-file.ts'
import { trainRewardModel } from '../training/train.ts'
import { embedTexts, type EmbeddingProvider } from './embed-texts.ts'

const root = mkdtempSync(join(tmpdir(), 'plaudit-embeddings-'))
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})
afterAll(() => rmSync(root, { recursive: true }))

interface Asked {
  input: string[]
  status: number
}

/** A provider whose vector of a text is its length and its first letter; `fail` gives the status of each request, 200 where it is left out. */
async function provider(fail: (request: number) => number | 'hang up' = () => 200): Promise<{ at: EmbeddingProvider; asked: Asked[] }> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      const { input, model } = JSON.parse(body) as { input: string[]; model: string }
      const status = fail(asked.length)
      asked.push({ input, status: status === 'hang up' ? 0 : status })
      if (status === 'hang up') {
        request.socket.destroy()
        return
      }
      response.writeHead(status, { 'content-type': 'application/json' })
      if (status !== 200) response.end(JSON.stringify({ error: { message: 'not now' } }))
      else {
        const data = input.map((text, index) => ({ index, embedding: [text.length, text.charCodeAt(0), 1] })).reverse()
        response.end(JSON.stringify({ model, data, usage: { total_tokens: input.length * 10 } }))
      }
    })
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { at: { url: `http://127.0.0.1:${port}/v1/embeddings`, model: 'letters', usdPerMillionTokens: 2 }, asked }
}

const texts = Array.from({ length: 10 }, (_, i) => 'x'.repeat(i + 1))
const delivered = (asked: Asked[]) => asked.filter(({ status }) => status === 200).flatMap(({ input }) => input)
let folders = 0
const quick = () => ({ cache: join(root, String((folders += 1))), batch: 3, waitMs: 1 })

describe('embedTexts', () => {
  it('asks for each different text once, in whatever order the vectors come, and says what they cost', async () => {
    const { at, asked } = await provider()
    const { vectorOf, dimension, spent } = await embedTexts([...texts, ...texts, ' \n'], at, quick())
    expect(dimension).toBe(3)
    expect([...vectorOf('xxxx')]).toEqual([4, 120, 1])
    expect([...vectorOf('')]).toEqual([1, 32, 1])
    expect(delivered(asked)).toHaveLength(11)
    expect(spent).toEqual({ done: 11, of: 11, requests: 4, tokens: 110, costUsd: 0.00022 })
    expect(() => vectorOf('never seen')).toThrow('has no vector')
  })

  it('goes on where a failing provider stopped, and pays nothing twice', async () => {
    let isUp = false
    const { at, asked } = await provider((request) => (isUp || request < 2 ? 200 : 500))
    const options = { ...quick(), retries: 2 }
    await expect(embedTexts(texts, at, options)).rejects.toThrow('failed 3 times: it answered 500')
    expect(delivered(asked)).toEqual(texts.slice(0, 6))
    isUp = true
    const { spent } = await embedTexts(texts, at, options)
    expect(delivered(asked)).toEqual(texts)
    expect(spent).toMatchObject({ done: 10, of: 10, requests: 2, tokens: 40 })
  })

  it.each([429, 503, 'hang up'] as const)('asks again after %s', async (status) => {
    const { at, asked } = await provider((request) => (request === 1 ? status : 200))
    const { spent } = await embedTexts(texts, at, quick())
    expect(spent).toMatchObject({ done: 10, requests: 4 })
    expect(asked).toHaveLength(5)
  })

  it('teaches a model that words could not, which then asks for vectors', async () => {
    // The vector's second entry is the first letter: here a capital is preferred, which words in lower case do not show.
    const pairs = Array.from({ length: 60 }, (_, i) => ({ prompt: `p${i}`, chosen: `A${i}`, rejected: `a${i}` }))
    const outputs = pairs.flatMap(({ chosen, rejected }) => [chosen, rejected])
    const { at } = await provider()
    const { dimension, vectorOf } = await embedTexts(outputs, at, quick())
    const { model, card } = trainRewardModel(pairs, { embedding: { model: at.model, dimension, vectorOf }, folds: 3, members: 2 })
    expect(card.accuracy.estimate).toBe(1)
    const bytes = writeRewardModel(model)
    const [high, low] = loadRewardModel(bytes, vectorOf).score([
      { input: '', output: 'A1' },
      { input: '', output: 'a1' },
    ])
    expect(high!.reward).toBeGreaterThan(low!.reward)
    expect(() => loadRewardModel(bytes)).toThrow('needs the vectors of letters')
  })

  it('does not ask again where it is refused', async () => {
    const { at, asked } = await provider(() => 401)
    await expect(embedTexts(texts, at, quick())).rejects.toThrow('refused: it answered 401')
    expect(asked).toHaveLength(1)
  })

  it('asks only for what was cut off on disk, and keeps models apart', async () => {
    const { at, asked } = await provider()
    const options = quick()
    await embedTexts(texts, at, options)
    const [file] = readdirSync(options.cache)
    const path = join(options.cache, file!)
    truncateSync(path, statSync(path).size - 5)
    asked.length = 0
    expect([...(await embedTexts(texts, at, options)).vectorOf('x'.repeat(10))]).toEqual([10, 120, 1])
    expect(delivered(asked)).toEqual(['x'.repeat(10)])
    asked.length = 0
    await embedTexts(texts, { ...at, model: 'others' }, options)
    expect(delivered(asked)).toHaveLength(10)
  })
})
