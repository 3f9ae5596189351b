import { createClient } from '@plaudit/sdk'
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildWeb, launchBrowser, sidewaysScroll, violationsInBothThemes } from './support/browser.ts'
import { sendGenerations, type SentGeneration } from './support/send-generations.ts'
import { startTestServer, type TestServer } from './support/start-server.ts'
import { openWatched, signInOn } from './support/watched-page.ts'

const PAIRS = 80
const RATED = 40
const [polite, rude] = [
  (i: number) => `Thanks for asking. Here is what you do about order ${i}. Open the page of your order.`,
  (i: number) => `Whatever. Find the page of order ${i} yourself. I am not your maid.`,
]

let server: TestServer
let browser: Browser
let page: Page
let faults: string[]
let sent: SentGeneration[]

beforeAll(async () => {
  buildWeb()
  server = await startTestServer()
  const program = createClient({ baseUrl: server.url, key: server.keys.secretKey })
  // A polite and a rude answer to each question.
  sent = await sendGenerations(
    program,
    Array.from({ length: PAIRS }, (_, i) => [polite, rude].map((answer) => ({ input: `Where is order ${i}?`, output: answer(i) }))).flat(),
  )
  await program.feedback.giveMany(
    Array.from({ length: PAIRS }, (_, i) => ({
      criterion: 'preference',
      kind: 'comparison' as const,
      value: 'left' as const,
      author: { id: `reviewer-${i % 3}` },
      target: { kind: 'comparison' as const, outputs: sent.slice(2 * i, 2 * i + 2) },
    })),
  )
  await program.feedback.giveMany(
    Array.from({ length: RATED }, (_, i) => ({
      criterion: 'tone',
      kind: 'rating' as const,
      value: i % 2 === 0 ? 5 : 2,
      author: { id: 'reviewer-0' },
      target: { kind: 'span' as const, ...sent[i]! },
    })),
  )
  browser = await launchBrowser()
  ;({ page, faults } = await openWatched(browser, { timeoutMs: 20_000, acceptDownloads: true }))
  await signInOn(page, `${server.url}/sign-in`)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

const open = (path: string) => page.goto(`${server.url}/p/test-project${path}`)
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const heading = (name: string) => page.getByRole('heading', { name, exact: true })

describe('learning from what people prefer', () => {
  it('makes a data set of it, whose rows lead back to their traces', async () => {
    await open('/datasets')
    await heading('No data set yet').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await button('New data set').click()
    await page.getByLabel('Name').fill('preferences')
    await page.getByText('tone', { exact: true }).click()
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.getByLabel('Licence').fill('internal use')
    await button('Make the data set').click()
    await heading('Rows').waitFor()
    await page.getByText(`${PAIRS} comparisons, ${RATED} ratings on tone`).waitFor()
    await page.getByText(`${PAIRS} decided comparisons: reward models often need`).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 390)).toBe(0)
  })

  it('trains on it at the press of a button, and shows the report card', async () => {
    await button('Train a reward model').click()
    await page.getByLabel('Name of the model').fill('polite')
    await button('Train').click()
    await page.getByRole('link', { name: 'See the report card of polite' }).click({ timeout: 60_000 })
    await heading('polite v1').waitFor()
    await page.getByText('Do not train a policy against it').waitFor()
    for (const part of [
      'Can its probabilities be believed?',
      'Would more judgments help?',
      'Where can it be trusted?',
      'What was each kind of feedback worth?',
    ])
      await heading(part).waitFor()
    await page.getByRole('link', { name: 'preferences v1' }).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 390)).toBe(0)
    const [saved] = await Promise.all([page.waitForEvent('download'), button('Report card').click()])
    const html = await readFile(await saved.path(), 'utf8')
    expect(saved.suggestedFilename()).toBe('polite-1.html')
    expect(html).toContain('Report card of a reward model')
  })

  it('becomes active by a person who has the verdict before them, and scores what is stored', async () => {
    await button('Change').click()
    await page.getByText('Make it the active model').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Do not train a policy against it').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Make it active' }).click()
    await page.getByText('polite v1 is now active.').waitFor()
    await button('Change').click()
    await page.getByText('Score stored outputs').click()
    await page.getByText(`Scored ${2 * PAIRS} of ${2 * PAIRS} stored outputs`).waitFor()
  })

  it('says on a trace why the model scores its output so', async () => {
    await open(`/traces/${sent[1]?.traceId}`)
    await page.getByText('Why the model polite@1 scores it so').click()
    await page.getByText('By passage').waitFor()
    await page.getByText('By trait').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
  })

  it('registers a model that is served elsewhere, which has no card yet', async () => {
    await open('/rewards')
    await button('Register one served elsewhere').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('judge')
    await dialog.getByLabel('Address').fill('http://127.0.0.1:9/classify')
    await dialog.getByRole('button', { name: 'Register it' }).click()
    await page.getByText('Not judged yet').waitFor()
    await page.getByText('Served at 127.0.0.1:9').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 390)).toBe(0)
    expect(faults).toEqual([])
  })
})
