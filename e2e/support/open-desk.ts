import { createClient, type Judgment, type PlauditClient, type Queue, type QueueInput, type RubricInput } from '@plaudit/sdk'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { buildWeb, launchBrowser } from './browser.ts'
import { type SentGeneration, sendGenerations } from './send-generations.ts'
import { signInAs, type SignedIn } from './sign-in.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { openWatched, signInOn, type WatchedPage } from './watched-page.ts'

/** For what takes its time on a busy machine. */
export const patient = { timeout: 15_000 }
/** The last output that there is to judge: two directions of writing, and a character of several code points. */
export const summary = 'החוזה נחתם ביום 3 במאי. 👩🏽‍🚀 The tenant pays 1,200 a month, and may leave at any time.'

const scale = [1, 2, 3, 4, 5].map((value) => ({ value, label: `Point ${value}` }))
export const helpful = { type: 'ordinal' as const, key: 'helpful', title: 'Helpful', points: scale }

export const span = (one: SentGeneration | undefined) => ({ kind: 'span', ...one })
export const pair = (...outputs: (SentGeneration | undefined)[]) => ({ kind: 'comparison', outputs })

/** A server with 42 outputs to judge, its owner, and the owner's browser, in which queues are worked in. */
export type Desk = WatchedPage & {
  server: TestServer
  browser: Browser
  owner: SignedIn
  program: PlauditClient
  sent: SentGeneration[]
  newQueue: (criteria: RubricInput['criteria'], targets: object[], settings?: Partial<QueueInput>) => Promise<Queue>
  /** Opens a queue at its first item; in the owner's page where no other is given. */
  open: (queueId: string, on?: Page) => Promise<void>
  /** Waits until the server has so many judgments, and answers with them. */
  delivered: (queueId: string, count: number) => Promise<Judgment[]>
  close: () => Promise<void>
}

export async function openDesk(): Promise<Desk> {
  buildWeb()
  const [server, browser] = await Promise.all([startTestServer(), launchBrowser()])
  const owner = await signInAs(server)
  const program = createClient({ baseUrl: server.url, key: server.keys.secretKey })
  const sent = await sendGenerations(
    program,
    Array.from({ length: 42 }, (_, index) => ({
      input: `Question ${index}`,
      output: index === 41 ? summary : `Answer **${index}** in a sentence.`,
    })),
  )
  const watched = await openWatched(browser, { timeoutMs: 10_000 })
  await signInOn(watched.page, `${server.url}/p/test-project/review`)
  await watched.page.getByRole('heading', { name: 'My reviews' }).waitFor()
  const { queues, rubrics } = owner.client
  return {
    ...watched,
    server,
    browser,
    owner,
    program,
    sent,
    async newQueue(criteria, targets, settings = {}) {
      const rubric = await rubrics.create({ name: 'Rubric', criteria })
      const input = { name: 'Queue', itemKind: 'span' as const, rubricId: rubric.id, shuffle: false, ...settings }
      const queue = await queues.create(input)
      await queues.fill(queue.id, { items: targets.map((target) => ({ target: target as never })) })
      return queue
    },
    async open(queueId, on = watched.page) {
      await on.goto(`${server.url}/p/test-project/review/${queueId}`)
      await on.getByRole('form', { name: 'Judgment' }).waitFor()
    },
    async delivered(queueId, count) {
      await expect.poll(async () => (await queues.get(queueId)).progress.judgments, patient).toBe(count)
      const { items } = await queues.items(queueId, { limit: 100 })
      return (await Promise.all(items.map(({ id }) => queues.judgments(queueId, id)))).flatMap((answer) => answer.items)
    },
    async close() {
      await browser.close()
      await server.remove()
    },
  }
}
