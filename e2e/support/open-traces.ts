import { createClient, type PlauditClient } from '@plaudit/sdk'
import type { Page, Response } from 'playwright-core'
import { buildWeb, launchBrowser } from './browser.ts'
import { first, judgedTrace, otlp, plainTraces, traceId } from './judged-trace.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { openWatched, signInOn } from './watched-page.ts'

/** A server with the judged trace and 70 plain ones, and its owner's page. */
export type Traces = {
  server: TestServer
  api: PlauditClient
  page: Page
  faults: string[]
  /** Goes to a page of the project. */
  open: (path: string) => Promise<Response | null>
  close: () => Promise<void>
}

export async function openTraces(): Promise<Traces> {
  buildWeb()
  const [server, browser] = await Promise.all([startTestServer(), launchBrowser()])
  const api = createClient({ baseUrl: server.url, key: server.keys.secretKey })
  await api.traces.send(otlp([...judgedTrace(), ...plainTraces(70)]))
  const target = { kind: 'span' as const, traceId, spanId: first }
  const { items } = await api.feedback.giveMany([
    {
      target,
      criterion: 'reward',
      kind: 'rating',
      value: 0.73,
      author: { kind: 'model', id: 'reward-1' },
      metadata: { std: '0.21' },
    },
    { target, criterion: 'tone', kind: 'rating', value: 5, author: { id: 'customer', role: 'end_user' } },
  ])
  if (!items.every((item) => 'id' in item)) throw new Error(`the feedback was refused: ${JSON.stringify(items)}`)
  const { page, faults } = await openWatched(browser, { timeoutMs: 10_000 })
  await signInOn(page, `${server.url}/sign-in`)
  return {
    server,
    api,
    page,
    faults,
    open: (path) => page.goto(`${server.url}/p/test-project${path}`),
    async close() {
      await browser.close()
      await server.remove()
    },
  }
}
