import type { Dataset, RewardRun } from '@plaudit/protocol'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { sampleSpan, textMessage } from './sample-span.ts'
import { openTestApp, setUpProject } from './test-app.ts'

export const polite = (i: number) => `Thanks for asking, here is answer ${i}.`
export const rude = (i: number) => `Whatever, find number ${i} yourself.`

/** A packed file of pairs about the questions `from` to `to`: the polite answer is preferred. */
export function pairsFile(from: number, to: number): Buffer {
  const pair = (i: number) => ({
    prompt: `Question ${i}?`,
    chosen: polite(i),
    rejected: rude(i),
    author: `u${i % 3}`,
    topic: i % 2 ? 'a' : 'b',
  })
  return gzipSync(Array.from({ length: to - from }, (_, k) => JSON.stringify(pair(from + k))).join('\n'))
}

/** A server with a project, and what tests of data sets and reward models ask of it. */
export async function openLearning(name: string) {
  const server = await openTestApp(name)
  const { browser, project, key } = await setUpProject(server)
  const withKey = server.withKey(key.secretKey)

  /** A request of the person who is signed in. */
  async function person<T>(method: string, path: string, body?: unknown) {
    const answer = await browser.call(method, `${path}${path.includes('?') ? '&' : '?'}project=${project.id}`, body)
    return { ...answer, body: answer.body as T }
  }
  /** Reads again and again, for a minute at most. */
  async function until<T>(read: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      const value = await read()
      if (isDone(value) || tries > 1_200) return value
      await sleep(50)
    }
  }
  const read =
    <T>(path: string) =>
    async () =>
      (await person<T>('GET', path)).body
  /** A data set, once it has been made. */
  const ready = (id: string) => until(read<Dataset>(`/api/v1/datasets/${id}`), ({ state }) => state !== 'building')
  /** A run, once it is over. */
  const over = (id: string) => until(read<RewardRun>(`/api/v1/reward/runs/${id}`), ({ state }) => state !== 'queued' && state !== 'running')
  /** Begins a data set of a file. */
  const importFile = async (file: string, body: Uint8Array | string, query = '') =>
    (await withKey('POST', `/api/v1/datasets/import?name=${file}${query}`, typeof body === 'string' ? Buffer.from(body) : body, {
      'content-type': 'application/octet-stream',
    })) as unknown as { status: number; body: Dataset & { detail: string } }

  /** Stores 20 questions with a polite and a rude answer each, and a person's word that the polite one is better. */
  async function storeJudgedPairs(): Promise<void> {
    const generation = (trace: number, i: number, output: string) =>
      sampleSpan(trace, trace, {
        input: [textMessage('user', `Where is ${i}?`)],
        output: [textMessage('assistant', output)],
        metadata: { scenario: i % 2 ? 'refund' : 'delivery' },
      })
    const pairs = Array.from({ length: 20 }, (_, i) => [generation(2 * i + 1, i, polite(i)), generation(2 * i + 2, i, rude(i))])
    await server.context.events.appendSpans(project.id, pairs.flat())
    await withKey('POST', '/api/v1/feedback', {
      items: pairs.map((pair, i) => ({
        criterion: 'preference',
        kind: 'comparison',
        value: 'left',
        author: { id: `r${i % 2}` },
        target: { kind: 'comparison', outputs: pair.map(({ traceId, spanId }) => ({ traceId, spanId })) },
      })),
    })
  }

  return {
    server,
    projectId: project.id,
    secretKey: key.secretKey,
    withKey,
    person,
    until,
    ready,
    over,
    importFile,
    storeJudgedPairs,
    close: () => server.close(),
  }
}
