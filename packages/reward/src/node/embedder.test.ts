import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { evaluateRewardModel, outputsOf } from '../evaluation/evaluate.ts'
import { embeddingOf } from '../features/embedding.ts'
import { loadRewardModel, writeRewardModel } from '../model/model-file.ts'
import { trainRewardModel } from '../training/train.ts'
import { openEmbedder } from './embedder.ts'
import { type EmbeddingProvider, endpointEncoder } from './endpoint-encoder.ts'
import { modelScorer } from './model-scorer.ts'

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
async function provider(
  fail: (request: number) => number | 'hang up' | 'hang' = () => 200,
): Promise<{ at: EmbeddingProvider; asked: Asked[] }> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { input, model } = JSON.parse(String(Buffer.concat(chunks))) as { input: string[]; model: string }
      const status = fail(asked.length)
      asked.push({ input, status: typeof status === 'string' ? 0 : status })
      if (status === 'hang') return
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
const newFolder = () => join(root, String((folders += 1)))
const quick = { batch: 3, waitMs: 1, atOnce: 1 }
/** A new embedder, as another process would open it. */
const embedder = (at: EmbeddingProvider, folder: string, options = {}) =>
  openEmbedder(endpointEncoder(at, { ...quick, ...options }), folder)

describe('an embedder', () => {
  it('asks for each different text once, in whatever order the vectors come, and says what they cost', async () => {
    const { at, asked } = await provider()
    const { embed } = await embedder(at, newFolder())
    const { vectorOf, dimension, spent } = await embed([...texts, ...texts, ' \n'])
    expect(dimension).toBe(3)
    expect([...vectorOf('xxxx')]).toEqual([4, 120, 1])
    expect([...vectorOf(' \n')]).toEqual([1, 32, 1])
    expect(delivered(asked)).toHaveLength(11)
    expect(spent).toEqual({ done: 11, of: 11, requests: 4, texts: 11, tokens: 110, costUsd: 0.00022 })
    expect(() => vectorOf('never seen')).toThrow('has no vector')
  })

  it('goes on where a failing provider stopped, and pays nothing twice', async () => {
    let isUp = false
    const { at, asked } = await provider((request) => (isUp || request < 2 ? 200 : 500))
    const folder = newFolder()
    const broken = await embedder(at, folder, { retries: 2 })
    await expect(broken.embed(texts)).rejects.toThrow('failed 3 times: it answered 500')
    expect(delivered(asked)).toEqual(texts.slice(0, 6))
    isUp = true
    const { spent, vectorOf } = await (await embedder(at, folder)).embed(texts)
    expect(delivered(asked)).toEqual(texts)
    expect(spent).toMatchObject({ done: 10, of: 10, requests: 2, texts: 4, tokens: 40 })
    expect(texts.map((text) => vectorOf(text)[0])).toEqual(texts.map((text) => text.length))
    expect(await broken.embed(texts)).toMatchObject({ spent: { requests: 2 } })
  })

  it('asks for a text once that several want at the same time', async () => {
    const { at, asked } = await provider((request) => (request === 0 ? 401 : 200))
    const { embed } = await embedder(at, newFolder())
    const [refused, first, second] = await Promise.allSettled([embed(texts), embed(texts.toReversed()), embed(texts)])
    expect(refused).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('refused') as string } })
    for (const one of [first, second]) {
      expect(one.status).toBe('fulfilled')
      if (one.status === 'fulfilled') expect(texts.map((text) => one.value.vectorOf(text)[0])).toEqual(texts.map((text) => text.length))
    }
    expect(delivered(asked).toSorted()).toEqual(texts.toSorted())
  })

  it('asks several times at once, and keeps what was under way when one is refused', async () => {
    const { at, asked } = await provider((request) => (request === 3 ? 400 : 200))
    const folder = newFolder()
    const many = Array.from({ length: 30 }, (_, i) => 'z'.repeat(i + 1))
    await expect((await embedder(at, folder, { atOnce: 4 })).embed(many)).rejects.toThrow('refused')
    const paid = delivered(asked)
    expect(paid.length).toBeGreaterThanOrEqual(9)
    expect(paid.length).toBeLessThan(30)
    const { spent, vectorOf } = await (await embedder(at, folder, { atOnce: 4 })).embed(many)
    expect(spent).toMatchObject({ texts: 30 - paid.length, tokens: 10 * (30 - paid.length) })
    expect(delivered(asked).toSorted()).toEqual(many.toSorted())
    expect(many.map((text) => vectorOf(text)[0])).toEqual(many.map((text) => text.length))
  })

  it.each([429, 503, 'hang up', 'hang'] as const)('asks again after %s', async (status) => {
    const { at, asked } = await provider((request) => (request === 1 ? status : 200))
    const { embed } = await embedder(at, newFolder(), { timeoutMs: 300 })
    expect((await embed(texts)).spent).toMatchObject({ done: 10, requests: 4 })
    expect(asked).toHaveLength(5)
  })

  it('does not ask again where it is refused', async () => {
    const { at, asked } = await provider(() => 401)
    await expect((await embedder(at, newFolder())).embed(texts)).rejects.toThrow('refused: it answered 401')
    expect(asked).toHaveLength(1)
  })

  it('cuts texts that a provider would refuse, by script and between characters', async () => {
    const { at, asked } = await provider()
    const { embed } = await embedder(at, newFolder(), { batch: 10 })
    const long = ['a'.repeat(100_000), '語'.repeat(20_000), '🙂'.repeat(10_000), 'שלום '.repeat(5_000)]
    await embed(long)
    const [latin, ideographs, emoji, hebrew] = delivered(asked).map((text) => text.length)
    expect([latin, ideographs, emoji]).toEqual([24_000, 5333, 2 * 2666])
    expect(hebrew).toBeGreaterThan(9000)
    for (const [index, text] of delivered(asked).entries()) expect(long[index]!.startsWith(text) && text.isWellFormed()).toBe(true)
  })

  it('passes over what was cut off on disk, and keeps models apart', async () => {
    const { at, asked } = await provider()
    const folder = newFolder()
    await (await embedder(at, folder)).embed(texts)
    const [own] = readdirSync(folder)
    const file = readdirSync(join(folder, own!)).find((name) => name.endsWith('.vectors'))
    const path = join(folder, own!, file!)
    truncateSync(path, statSync(path).size - 5)
    asked.length = 0
    expect([...(await (await embedder(at, folder)).embed(texts)).vectorOf('x'.repeat(10))]).toEqual([10, 120, 1])
    expect(delivered(asked)).toEqual(['x'.repeat(10)])
    asked.length = 0
    await (await embedder({ ...at, model: 'others' }, folder)).embed(texts)
    expect(delivered(asked)).toHaveLength(10)
  })

  it('reads many vectors back as they were, in any order', async () => {
    const { at } = await provider()
    const folder = newFolder()
    const many = Array.from({ length: 700 }, (_, i) => String.fromCharCode(0x4e00 + i) + 'y'.repeat(i % 7))
    await (await embedder(at, folder, { batch: 64 })).embed(many)
    await (await embedder(at, folder)).embed(['one more'])
    const { vectorOf, spent } = await (await embedder(at, folder)).embed([...many.filter((_, i) => i % 3 === 0).toReversed(), 'one more'])
    expect(spent.requests).toBe(0)
    many.forEach((text, i) => {
      if (i % 3 === 0) expect([...vectorOf(text)]).toEqual([text.length, text.charCodeAt(0), 1])
    })
    expect(vectorOf('one more')[0]).toBe(8)
  })
})

describe('a model with vectors', () => {
  it('learns what words cannot show, and is judged and scored with the same vectors alone', async () => {
    // The vector's second entry is the first letter: here a capital is preferred, which words in lower case do not show.
    const pairs = Array.from({ length: 60 }, (_, i) => ({ prompt: `p${i}`, chosen: `A${i}`, rejected: `a${i}` }))
    const fresh = Array.from({ length: 20 }, (_, i) => ({ prompt: `q${i}`, chosen: `A${i + 60}`, rejected: `a${i + 60}` }))
    const { at } = await provider()
    const { embed } = await embedder(at, newFolder())
    const embedding = await embed([...pairs, ...fresh].flatMap(({ chosen, rejected }) => [chosen, rejected]))
    const { model, card } = trainRewardModel(pairs, { embedding, folds: 3, members: 2 })
    expect(card.accuracy.estimate).toBe(1)
    const bytes = writeRewardModel(model)
    expect(model.features.embedding).toEqual({ model: 'letters', dimension: 3 })
    // In another thread the same, from plain data.
    const scorer = loadRewardModel(bytes, embeddingOf(structuredClone(embedding.table)))
    expect(evaluateRewardModel(scorer, fresh)).toMatchObject({ accuracy: { estimate: 1 }, lengthControlled: { estimate: 1 } })
    // As outputs come, at once and over several turns, and each is paid for once.
    const asking = await embedder(at, newFolder())
    const asOne = modelScorer(model, asking)
    const items = outputsOf(fresh)
    const spent = [0, 0]
    const both = await Promise.all(
      [items, items.map(({ output }) => ({ input: 'long '.repeat(20_000), output }))].map((list, call) =>
        asOne.score(list, { onVectors: ({ texts: asked }) => (spent[call] = asked) }),
      ),
    )
    for (const scores of both) expect(scores.map(({ reward }) => reward)).toEqual(scorer.score(items).map(({ reward }) => reward))
    expect(spent[0]! + spent[1]!).toBe(40)
    expect(() => modelScorer(model)).toThrow('needs the vectors of letters')
    expect(() => modelScorer(model, { ...asking, model: 'digits' })).toThrow('not with those of digits')
    expect(() => loadRewardModel(bytes)).toThrow('needs the vectors of letters')
    expect(() => loadRewardModel(bytes, { ...embedding, model: 'digits' })).toThrow(
      'trained with the vectors of letters (3 dimensions), not with those of digits',
    )
    expect(() => loadRewardModel(bytes, { ...embedding, dimension: 4 })).toThrow('vectors of 3 dimensions by letters, but these have 4')
  })
})
