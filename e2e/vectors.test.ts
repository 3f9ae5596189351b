import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient } from '@plaudit/sdk'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildWeb, launchBrowser, sidewaysScroll, violationsInBothThemes } from './support/browser.ts'
import { startTestServer, type TestServer } from './support/start-server.ts'
import { openWatched, signInOn } from './support/watched-page.ts'

/** An endpoint of embeddings: letters of a text, and whether it thanks. */
const encoder = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { input } = JSON.parse(String(Buffer.concat(chunks))) as { input: string[] }
    const data = input.map((text, index) => ({ index, embedding: [text.length / 100, text.includes('Thanks') ? 1 : -1] }))
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ data, usage: { total_tokens: 100 * input.length } }))
  })
})
const rows = Array.from({ length: 60 }, (_, i) =>
  JSON.stringify({ prompt: `Question ${i}?`, chosen: `Thanks, ${i}.`, rejected: `Whatever ${i}.` }),
)

let server: TestServer
let browser: Browser
let page: Page
let faults: string[]

beforeAll(async () => {
  buildWeb()
  encoder.listen(0, '127.0.0.1')
  await once(encoder, 'listening')
  server = await startTestServer({
    PLAUDIT_EMBEDDINGS: `http://127.0.0.1:${(encoder.address() as AddressInfo).port}/v1/embeddings`,
    PLAUDIT_EMBEDDING_MODEL: 'letters',
    PLAUDIT_EMBEDDING_PRICE: '20',
  })
  browser = await launchBrowser()
  ;({ page, faults } = await openWatched(browser, { timeoutMs: 30_000 }))
  await signInOn(page, `${server.url}/sign-in`)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await server?.remove()
  encoder.close()
})

it('trains with the vectors of the server’s encoder, and shows what they cost', async () => {
  const client = createClient({ baseUrl: server.url, key: server.keys.secretKey })
  const { id } = await client.datasets.import(new TextEncoder().encode(rows.join('\n')), { name: 'pairs' })
  await page.goto(`${server.url}/p/test-project/datasets/${id}`)
  await page.getByRole('button', { name: 'Train a reward model' }).click()
  await page.getByRole('checkbox', { name: 'Beside words, the vectors of letters' }).click()
  await page.getByText('at $20.00 for a million tokens').waitFor()
  expect(await violationsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.getByRole('link', { name: 'See the report card of pairs' }).click()
  await page.getByText('Words and the vectors of letters (2 dimensions)').waitFor()
  await page.goto(`${server.url}/p/test-project/rewards`)
  // 120 outputs at 100 tokens each.
  await page.getByRole('region', { name: 'Vectors' }).getByText('120 outputs, 12,000 tokens, $0.24 in 2 requests').waitFor()
  expect(await violationsInBothThemes(page)).toEqual([])
  for (const width of [390, 1440]) expect(await sidewaysScroll(page, width)).toBe(0)
  expect(faults).toEqual([])
})
