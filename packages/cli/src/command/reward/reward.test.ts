import { loadRewardModel, modelScorer } from '@plaudit/reward'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { commandLine } from '../../terminal/command-line.ts'
import { rewardCommand } from '../reward.ts'
import { embedderFor } from './embedding-options.ts'
import { readModel } from './read-model.ts'
import { rewardServer } from './serve.ts'

const dir = mkdtempSync(join(tmpdir(), 'plaudit-reward-'))
const [pairs, model] = [join(dir, 'pairs.jsonl.gz'), join(dir, 'model')]

async function plaudit(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let [out, error] = ['', '']
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  const complain = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    error += String(text)
    return true
  })
  try {
    const code = await commandLine(rewardCommand, args, { out: (text) => (out += text), error: (text) => (error += text) })
    return { code, out, error }
  } finally {
    write.mockRestore()
    complain.mockRestore()
  }
}

beforeAll(() => {
  const rows = Array.from({ length: 80 }, (_, i) => ({
    prompt: [{ role: 'user', content: `Question ${i}?` }],
    chosen: [{ role: 'assistant', content: `Thanks for asking, here is answer ${i}.` }],
    rejected: [{ role: 'assistant', content: `Whatever, find number ${i} yourself.` }],
  }))
  writeFileSync(pairs, gzipSync(['{"chosen": "no rejected"}', ...rows.map((row) => JSON.stringify(row))].join('\n')))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('plaudit reward', () => {
  test('refuses missing files, options that are no numbers, files of no pairs and files that are no model', async () => {
    expect(await plaudit('train')).toMatchObject({ code: 3, error: expect.stringContaining('Name a file of pairs') as string })
    expect(await plaudit('train', join(dir, 'absent'))).toMatchObject({
      code: 3,
      error: expect.stringContaining('does not exist') as string,
    })
    expect(await plaudit('train', pairs, '--folds', 'many')).toMatchObject({ code: 3, error: expect.stringContaining('--folds') as string })
    expect(await plaudit('train', pairs, '--register', 'a')).toMatchObject({
      code: 3,
      error: expect.stringContaining('--server') as string,
    })
    const broken = join(dir, 'broken.jsonl')
    writeFileSync(broken, '{"chosen": "a", "rejected": "b"}\n{"chosen')
    expect(await plaudit('train', broken)).toMatchObject({ code: 3, error: expect.stringContaining('Line 2 is not JSON') as string })
    expect(await plaudit('score', pairs, pairs)).toMatchObject({
      code: 3,
      error: expect.stringContaining('no Plaudit reward model') as string,
    })
  })

  test('trains on a file, names what it skips, and prints the card beside length alone', async () => {
    const { code, out, error } = await plaudit('train', pairs, '-o', model, '--members', '2')
    expect(code).toBe(0)
    expect(error).toContain('Skipped line 1: ')
    expect(out).toContain('5-fold cross-validation grouped by prompt, 80 pairs from 80 prompts')
    expect(out).toMatch(/accuracy +100\.0 %/)
    expect(out).toMatch(/length alone +\d/)
    expect(out).toContain('Fewer than 2,000 comparisons')
    const card = JSON.parse((await plaudit('train', pairs, '--members', '2', '--json')).out) as {
      accuracy: { estimate: number }
      skipped: number
    }
    expect(card).toMatchObject({ accuracy: { estimate: 1 }, skipped: 1 })
  })

  test('trains on feedback of every kind, says what each was worth, and goes on where it was interrupted', async () => {
    const file = join(dir, 'mixed.jsonl')
    const rows = Array.from({ length: 40 }, (_, i) => [
      { prompt: `Q${i}?`, chosen: `Thanks, answer ${i}.`, rejected: `Whatever, ${i}.`, author: i % 2 === 0 ? 'a' : 'b' },
      { prompt: `R${i}?`, completion: i % 3 === 0 ? `Whatever ${i}` : `Thanks ${i}`, label: i % 3 !== 0 },
      { prompt: `S${i}?`, ranking: [`Thanks for ${i}`, `Answer ${i}`, `Whatever ${i}`] },
    ]).flat()
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'))
    const args = ['train', file, '--members', '2', '--folds', '2', '--workers', '2', '--resume', join(dir, 'parts')]
    const { code, out } = await plaudit(...args)
    expect(code).toBe(0)
    expect(out).toMatch(/thumb +n = 40 /)
    expect(out).toMatch(/ranking +n = 120 .* points/)
    expect(out).toContain('Reliability of authors')
    expect((await plaudit(...args)).out).toBe(out)
  })

  test('asks a provider for vectors once, for training, judging, scoring and serving, and names what is missing', async () => {
    let requests = 0
    let isUp = true
    const provider = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += String(chunk)))
      request.on('end', () => {
        if (!isUp) return response.writeHead(400).end('gone')
        requests += 1
        const { input } = JSON.parse(body) as { input: string[] }
        const data = input.map((text, index) => ({ index, embedding: [text.startsWith('Thanks') ? 1 : -1, 0.5] }))
        return response.end(JSON.stringify({ data, usage: { total_tokens: 7 } }))
      })
    }).listen(0, '127.0.0.1')
    await once(provider, 'listening')
    vi.stubEnv('XDG_CACHE_HOME', join(dir, 'cache'))
    const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/v1/embeddings`
    const embedding = ['--embeddings', url, '--embedding-model', 'tiny', '--embedding-price', '1']
    const file = join(dir, 'with-vectors')
    const trained = await plaudit('train', pairs, '-o', file, '--members', '2', '--folds', '2', '--workers', '1', ...embedding)
    expect(trained).toMatchObject({ code: 0, error: expect.stringContaining('tokens, 0.0000 US dollars') as string })
    const asked = requests
    const outputs = join(dir, 'known.jsonl')
    writeFileSync(outputs, '{"input": "q", "output": "Thanks for asking, here is answer 1."}\n')
    const scored = await plaudit('score', file, outputs, ...embedding)
    expect(scored.code).toBe(0)
    expect((await plaudit('evaluate', file, pairs, ...embedding)).out).toContain('80 of these prompts were in the training set')
    expect(requests).toBe(asked)
    expect(await plaudit('evaluate', file, pairs)).toMatchObject({
      code: 3,
      error: expect.stringContaining('needs the vectors of tiny') as string,
    })
    expect(await plaudit('evaluate', file, pairs, '--embeddings', url, '--embedding-model', 'other')).toMatchObject({
      code: 3,
      error: expect.stringContaining('trained with the vectors of tiny (2 dimensions), not with those of other') as string,
    })
    // A model of words alone asks for nothing.
    expect((await plaudit('score', model, outputs, '--embeddings', url, '--embedding-model', 'other')).code).toBe(0)
    expect(requests).toBe(asked)

    const vectors = await embedderFor({ embeddings: url, 'embedding-model': 'tiny' })
    const server = rewardServer(modelScorer(await readModel(file), vectors), 'tiny', vectors).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const ask = async (output: string) => {
      const body = JSON.stringify({ items: [{ input: 'q', output }] })
      const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { method: 'POST', body })
      return { status: response.status, body: (await response.json()) as unknown }
    }
    const { reward } = JSON.parse(scored.out) as { reward: number }
    const known = 'Thanks for asking, here is answer 1.'
    expect(await ask(known)).toMatchObject({ status: 200, body: { items: [{ reward }] } })
    expect(requests).toBe(asked)
    expect((await ask('Never seen.')).status).toBe(200)
    expect(requests).toBe(asked + 1)
    const health = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`)
    expect(await health.json()).toEqual({ status: 'ok', model: 'tiny', vectors: { requests: 1, texts: 1, tokens: 7, costUsd: null } })
    isUp = false
    expect(await ask('Not seen either.')).toMatchObject({ status: 503, body: { detail: expect.stringContaining('refused') as string } })
    expect((await ask(known)).status).toBe(200)
    server.close()
    expect(await plaudit('score', file, outputs)).toMatchObject({
      code: 3,
      error: expect.stringContaining('needs the vectors of tiny') as string,
    })
    expect(await plaudit('score', file, outputs, '--embedding-model', 'tiny')).toMatchObject({
      code: 3,
      error: expect.stringContaining('name its address with --embeddings') as string,
    })
    expect(await plaudit('score', file, outputs, '--embeddings', url)).toMatchObject({
      code: 3,
      error: expect.stringContaining('with --embedding-model') as string,
    })
    expect(await plaudit('score', file, outputs, '--embeddings', dir)).toMatchObject({
      code: 3,
      error: expect.stringContaining('is no encoder: model.onnx is missing') as string,
    })
    vi.unstubAllEnvs()
    provider.close()
  })

  test('judges a model, and says which prompts it was trained on', async () => {
    const { out } = await plaudit('evaluate', model, pairs)
    expect(out).toContain('80 of these prompts were in the training set')
    const page = join(dir, 'card.html')
    await plaudit('evaluate', model, pairs, '--html', page)
    expect(await readFile(page, 'utf8')).toContain('80 of these prompts were in the training set')
    // What a model was trained on says nothing of it, so that two models are only compared on what neither has seen.
    expect(await plaudit('evaluate', model, pairs, '--against', model)).toMatchObject({
      code: 3,
      error: expect.stringContaining('compare them on other pairs') as string,
    })
    const fresh = join(dir, 'fresh.jsonl')
    const rows = Array.from({ length: 12 }, (_, i) => ({ prompt: `New ${i}?`, chosen: `Thanks, it is ${i}.`, rejected: `Whatever, ${i}.` }))
    writeFileSync(fresh, rows.map((row) => JSON.stringify(row)).join('\n'))
    expect((await plaudit('evaluate', model, fresh, '--against', model)).out).toContain('cannot be told apart on these pairs')
  })

  test('scores lines in their order', async () => {
    const file = join(dir, 'outputs.jsonl')
    writeFileSync(file, '{"input": "q", "output": "Thanks for asking."}\n\n{"prompt": "q", "completion": "Whatever."}\n')
    const { code, out } = await plaudit('score', model, file)
    const [good, bad] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { reward: number; std: number })
    expect(code).toBe(0)
    expect(good!.reward).toBeGreaterThan(bad!.reward)
    writeFileSync(file, '{"input": "q", "output": "a"}\n{"input": "q"}\n')
    expect(await plaudit('score', model, file)).toMatchObject({
      code: 3,
      error: expect.stringContaining('Line 2: the field "output"') as string,
    })
  })

  test('serves the requests of training engines, with the scores of the model', async () => {
    const server = rewardServer(modelScorer(await readModel(model)), 'polite').listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const post = async (body: string) => {
      const response = await fetch(`${url}/get_reward`, { method: 'POST', body })
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    }
    const output = 'Thanks for asking.'
    const [expected] = loadRewardModel(await readFile(model)).score([{ input: 'q', output }])
    expect(await post(JSON.stringify({ query: [`q${output}`], prompts: ['q'] }))).toEqual({
      status: 200,
      body: { rewards: [expected!.reward], scores: [expected!.reward], extra_logs: {} },
    })
    expect(await post('{')).toMatchObject({ status: 400, body: { code: 'invalid_argument' } })
    expect(await post('{"text": 1}')).toMatchObject({ status: 400 })
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    server.close()
  })
})
