import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient, type PlauditClient } from '@plaudit/sdk'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildWeb, choose, launchBrowser, sidewaysScroll, violationsInBothThemes, violationsOf } from './support/browser.ts'
import { sendGenerations } from './support/send-generations.ts'
import { signInAs, type SignedIn } from './support/sign-in.ts'
import { startTestServer, type TestServer } from './support/start-server.ts'
import { openWatched, signInOn } from './support/watched-page.ts'

const generations = 8

let server: TestServer
let owner: SignedIn
let program: PlauditClient
let browser: Browser
let page: Page
let faults: string[]

beforeAll(async () => {
  buildWeb()
  const [started, launched] = await Promise.all([startTestServer({ PLAUDIT_WEBHOOK_PRIVATE: '1' }), launchBrowser()])
  server = started
  browser = launched
  owner = await signInAs(server)
  program = createClient({ baseUrl: server.url, key: server.keys.secretKey })
  await sendGenerations(
    program,
    Array.from({ length: generations }, (_, index) => ({ input: `Question ${index}`, output: `Answer ${index} in a sentence.` })),
  )
  ;({ page, faults } = await openWatched(browser, { timeoutMs: 20_000 }))
  await signInOn(page, `${server.url}/p/test-project/rubrics`)
  await page.getByRole('heading', { name: 'Rubrics', exact: true }).waitFor()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
/** The page as it stands is accessible in both themes and fits a phone. */
const isSound = async () => {
  expect(await violationsInBothThemes(page)).toEqual([])
  expect(await sidewaysScroll(page, 390)).toBe(0)
}
const idInAddress = () => /[0-9a-f-]{36}/u.exec(page.url())?.[0] ?? ''

describe('a lead', { timeout: 180_000 }, () => {
  it('writes a rubric beside its preview, and is told of keys that collide', async () => {
    await page.getByRole('link', { name: 'Write the first rubric' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Replies')
    await page.getByLabel('Question').fill('How helpful is the reply?')
    for (const [index, label] of ['No use', 'Partly', 'Solves it'].entries())
      await page.getByLabel(`Label of point ${index + 1}`).fill(label)
    await page.getByLabel('Key of Partly').fill('g')
    await page.getByText('The key G belongs to the reviewer’s screen; choose another.').waitFor()
    await page.getByLabel('Key of Partly').fill('3')
    await page.getByText('The key 3 chooses “Solves it” already; choose another.').waitFor()
    await page.getByLabel('Key of Partly').fill('p')
    await button('Add a criterion').click()
    await page.getByRole('menuitem', { name: /^Text/u }).click()
    const second = page.getByRole('region', { name: 'Criterion 2' })
    await second.getByLabel('Question').fill('What is missing?')
    await choose(page, 'Asked', /How helpful is the reply/u)
    await second.getByRole('checkbox', { name: 'Partly' }).click()
    // The preview is the form itself: the second question comes up with the answer that it depends on.
    const preview = page.getByRole('complementary', { name: 'Preview' })
    expect(await preview.getByText('What is missing?').count()).toBe(0)
    await preview.getByRole('button', { name: /^Partly/u }).click()
    await preview.getByRole('heading', { name: /What is missing/u }).waitFor()
    await isSound()
    await page.keyboard.press('Control+s')
    await button('Create').click()
    await page.waitForURL(/rubrics\/[0-9a-f-]{36}$/u)
    const { criteria } = await owner.client.rubrics.get(idInAddress())
    expect(criteria).toMatchObject([
      { key: 'how_helpful_is_the_reply', type: 'ordinal', points: [{ value: 1 }, { value: 2, hotkey: 'p' }, { value: 3 }] },
      { key: 'what_is_missing', required: false, when: { criterion: 'how_helpful_is_the_reply', in: [2] } },
    ])
  })

  it('changes it, and sees what the new version changes', async () => {
    // What is written while the page of what was created still opens would not be on it.
    await button(/^Save version 2/u).waitFor()
    await page.getByLabel('Label of point 3').fill('Solves it all')
    await button(/^Save version 2/u).click()
    const differences = page.getByRole('dialog').getByRole('region', { name: 'Differences' })
    expect(await differences.innerText()).toMatch(/Point 3\s+Solves it\s*Solves it all/u)
    await button('Save').click()
    await page.getByRole('tab', { name: '2 versions' }).waitFor()
    await page.getByRole('region', { name: 'Differences' }).getByText('Solves it all').waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  it('writes a guideline with an example of real traffic', async () => {
    await page.goto(`${server.url}/p/test-project/guidelines/new`)
    await page.getByLabel('Name', { exact: true }).fill('How to judge')
    await page.getByLabel('Text, in Markdown').fill('## Helpful\n\nThe customer **need not** write again.')
    await page.getByRole('complementary', { name: 'Preview' }).getByRole('heading', { name: 'Helpful' }).waitFor()
    await button('From your traffic').click()
    await page.getByLabel('Words in the input or output').fill('Answer 3')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /Question 3/u }).click()
    await button('A good example').click()
    await page.getByLabel('Reason of example 1').fill('It says when.')
    await isSound()
    await page.keyboard.press('Control+s')
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('tab', { name: '1 version' }).waitFor()
    expect((await owner.client.guidelines.list()).items).toMatchObject([
      { version: 1, examples: [{ verdict: 'good', text: 'Answer 3 in a sentence.', reason: 'It says when.', source: {} }] },
    ])
  })

  it('makes a queue from a filter, with the counts that the plan leads to', async () => {
    await page.goto(`${server.url}/p/test-project/queues`)
    await page.getByRole('link', { name: 'Make the first queue' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Weekly sample')
    await choose(page, 'Rubric', /Replies/u)
    await choose(page, 'Guideline', /How to judge/u)
    await page.getByLabel('Uniform slice, %').fill('50')
    await button('Errors').click()
    await page.getByText(`About ${generations / 2} of ${generations} traces are drawn.`).waitFor()
    await isSound()
    await button('All that match').click()
    await button('Make and fill the queue').click()
    await page.getByText(`${generations} items added`).waitFor()
    await page.getByText(`0 of ${2 * generations} judgments are in`).waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  it('sees how two people judged, and pauses the queue without losing its settings', async () => {
    const queueId = idInAddress()
    const { guidelineId } = await owner.client.queues.get(queueId)
    const reviewers = [await owner.addReviewer('ann@example.com'), await owner.addReviewer('bob@example.com')]
    for (const [person, { client }] of reviewers.entries()) {
      await client.guidelines.acknowledge(guidelineId ?? '', 1)
      for (let item = 0; item < generations; item += 1) {
        const { work } = await client.desk.claim(queueId)
        if (work === null) throw new Error('no work')
        const isDisputed = JSON.stringify(work.input).includes('Question 5')
        await client.desk.submit(queueId, {
          leaseId: work.lease.id,
          submissionId: randomUUID(),
          answers: { how_helpful_is_the_reply: isDisputed && person === 1 ? 1 : 3 },
          rationales: isDisputed ? { how_helpful_is_the_reply: `Because of what person ${person} saw.` } : {},
          activeMs: 5_000,
          rubricVersion: work.rubricVersion,
          guidelineVersion: work.guidelineVersion,
        })
      }
    }
    await page.reload()
    await page.getByText(`All ${generations} items have 2 judgments: the queue is done.`).waitFor()
    const people = page.getByRole('region', { name: 'Table of people' }).getByRole('row')
    await expect.poll(() => people.count()).toBe(3)
    await button('Pause').first().click()
    await page.getByText('is paused').first().waitFor()
    expect(await owner.client.queues.get(queueId)).toMatchObject({ state: 'paused', overlap: 2, guidelineId, goldRate: 0 })
    await button('Open it').click()
    await page.getByRole('tab', { name: 'Settings' }).click()
    await button('By skill').click()
    await page.getByLabel('Skill', { exact: true }).fill('law')
    await page
      .getByRole('group', { name: /Who has the skill “law”/u })
      .getByRole('checkbox')
      .first()
      .click()
    await expect.poll(async () => (await owner.client.queues.skills()).items.map(({ skills }) => skills)).toEqual([['law']])
    await page.getByRole('tab', { name: 'Items' }).click()
    await expect.poll(() => page.getByRole('list', { name: 'Items' }).getByRole('listitem').count()).toBe(generations)
    await isSound()
  })

  it('decides what they do not agree on, and makes the answer known', async () => {
    const queueId = idInAddress()
    await page.getByRole('tab', { name: 'Disagreements' }).click()
    await page.getByRole('list', { name: 'Items to decide' }).getByRole('link').click()
    const judgments = page.getByRole('region', { name: 'Judgments' })
    await judgments.getByText('Because of what person 1 saw.').waitFor()
    expect(await judgments.getByText('They differ').count()).toBe(1)
    await isSound()
    const decision = page.getByRole('form', { name: 'Decision' })
    await page.keyboard.press('Control+Enter')
    await decision.getByText('How helpful is the reply? has no answer yet.').waitFor()
    // The keys printed on the answers work at once.
    await page.keyboard.press('2')
    await decision
      .getByRole('group', { name: /What went wrong with/u })
      .first()
      .getByRole('button', { name: 'overlooked' })
      .click()
    await decision.getByLabel('Note on the decision (optional)').fill('A promise alone is half an answer.')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Decided', { exact: true }).waitFor()
    expect((await owner.client.queues.disagreements(queueId, { decided: 'true' })).items).toHaveLength(1)
    await button('Make these the known answers').click()
    await page.getByText('Gold', { exact: true }).waitFor()
    expect((await owner.client.queues.items(queueId, { gold: 'true' })).items).toHaveLength(1)
    expect((await owner.client.queues.items(queueId, { gold: 'false' })).items).toHaveLength(generations - 1)
    const { items } = await program.feedback.list({ criterion: 'how_helpful_is_the_reply', limit: 100 } as never)
    expect(items.filter(({ author }) => author.role === 'lead').map(({ value }) => value)).toEqual([2])
  })

  it('clarifies the guideline from it, and gives the judgments that it overtakes back', async () => {
    await button('Draft a clarification of the guideline').click()
    await page.getByLabel('Text, in Markdown').waitFor()
    expect(await page.getByLabel('Text, in Markdown').inputValue()).toContain('A promise alone is half an answer.')
    await page.keyboard.press('Control+s')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/What changed/u).fill('Promises.')
    await dialog.getByRole('checkbox', { name: 'How helpful is the reply?' }).click()
    await dialog.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('tab', { name: '2 versions' }).waitFor()
    await page.getByRole('tab', { name: 'Out of date' }).click()
    const stale = page.getByRole('list', { name: 'Judgments out of date' })
    await stale.waitFor()
    const before = await stale.getByRole('listitem').count()
    await stale.getByRole('button', { name: 'Send back' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send it back' }).click()
    await expect.poll(() => stale.getByRole('listitem').count()).toBe(before - 1)
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('tab', { name: 'Before and after' }).click()
    await page.getByRole('table').first().waitFor()
    await isSound()
  })

  it('sends traces to the queue from their list', async () => {
    await page.goto(`${server.url}/p/test-project/traces`)
    await button('Send to a queue').click()
    await choose(page, 'Queue', /Weekly sample/u)
    await button('Send').click()
    await page.getByText(`${generations} items were there already`).waitFor()
  })

  it('has an address called with what is done, sees how that went, and removes it', async () => {
    const calls: string[] = []
    const receiver = createServer((request, response) => {
      calls.push(String(request.headers['webhook-signature']))
      request.resume().on('end', () => response.writeHead(calls.length === 1 ? 500 : 204).end())
    }).listen(0, '127.0.0.1')
    await once(receiver, 'listening')
    await page.goto(`${server.url}/p/test-project/settings`)
    await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor()
    await isSound()
    await button('New webhook').click()
    await page.getByLabel('Address').fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/done`)
    await choose(page, 'Items of', /Weekly sample/u)
    await button('Add the webhook').click()
    const dialog = page.getByRole('dialog', { name: 'Copy the signing secret now' })
    const secret = await dialog.locator('code').innerText()
    expect(secret).toMatch(/^whsec_/)
    expect(await violationsOf(page)).toEqual([])
    await button('I have copied it').click()
    const row = page.getByRole('list', { name: 'Webhooks' }).getByRole('listitem').first()
    await row.getByText('Queue: Weekly sample').waitFor()
    expect(await page.content()).not.toContain(secret)
    await row.getByRole('button', { name: /^Try a call/u }).click()
    await row.getByText(/the address answered 500 at the first try; next try/u).waitFor()
    await row.getByRole('button', { name: /^Call again/u }).click()
    await row.getByText('the address answered 204 at the first try').waitFor()
    await row.getByText('Delivered', { exact: true }).waitFor()
    expect(calls).toEqual([expect.stringMatching(/^v1,/), expect.stringMatching(/^v1,/)])
    await isSound()
    await row.getByRole('button', { name: /^Remove the webhook/u }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the webhook' }).click()
    await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor()
    expect((await owner.client.webhooks.list()).items).toEqual([])
    receiver.close()
  })

  it('never met a fault in the pages', () => {
    expect(faults).toEqual([])
  })
})
