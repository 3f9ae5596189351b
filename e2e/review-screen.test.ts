import { createClient, type PlauditClient, type QueueInput, type RubricInput } from '@plaudit/sdk'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildWeb, launchBrowser, sidewaysScroll, violationsInBothThemes, violationsOf } from './support/browser.ts'
import { type SentGeneration, sendGenerations } from './support/send-generations.ts'
import { signInAs, type SignedIn } from './support/sign-in.ts'
import { admin, startTestServer, type TestServer } from './support/start-server.ts'

/** For what takes its time on a busy machine. */
const patient = { timeout: 15_000 }
const summary = 'החוזה נחתם ביום 3 במאי. 👩🏽‍🚀 The tenant pays 1,200 a month, and may leave at any time.'

let server: TestServer
let owner: SignedIn
let program: PlauditClient
let browser: Browser
let context: BrowserContext
let page: Page
let sent: SentGeneration[]
/** What went wrong in the pages themselves. */
const faults: string[] = []

beforeAll(async () => {
  buildWeb()
  const [started, launched] = await Promise.all([startTestServer(), launchBrowser()])
  server = started
  browser = launched
  owner = await signInAs(server)
  program = createClient({ baseUrl: server.url, key: server.keys.secretKey })
  sent = await sendGenerations(
    program,
    Array.from({ length: 42 }, (_, index) => ({
      input: `Question ${index}`,
      output: index === 41 ? summary : `Answer **${index}** in a sentence.`,
    })),
  )
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text())
  })
  await page.goto(`${server.url}/p/test-project/review`)
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByLabel('Password').fill(admin.password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'My reviews' }).waitFor()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

async function newQueue(criteria: RubricInput['criteria'], targets: object[], settings: Partial<QueueInput> = {}) {
  const rubric = await owner.client.rubrics.create({ name: 'Rubric', criteria })
  const input = { name: 'Queue', itemKind: 'span' as const, rubricId: rubric.id, shuffle: false, ...settings }
  const queue = await owner.client.queues.create(input)
  await owner.client.queues.fill(queue.id, { items: targets.map((target) => ({ target: target as never })) })
  return queue
}
const span = (one: SentGeneration | undefined) => ({ kind: 'span', ...one })
const pair = (...outputs: (SentGeneration | undefined)[]) => ({ kind: 'comparison', outputs })
const open = async (queueId: string, on = page) => {
  await on.goto(`${server.url}/p/test-project/review/${queueId}`)
  await on.getByRole('form', { name: 'Judgment' }).waitFor()
}
const judgmentsOf = async (queueId: string) => {
  const { items } = await owner.client.queues.items(queueId, { limit: 100 })
  return (await Promise.all(items.map(({ id }) => owner.client.queues.judgments(queueId, id)))).flatMap((answer) => answer.items)
}
/** Waits until the server has so many judgments, and answers with them. */
const delivered = async (queueId: string, count: number) => {
  await expect.poll(async () => (await owner.client.queues.get(queueId)).progress.judgments, patient).toBe(count)
  return judgmentsOf(queueId)
}
const scale = [1, 2, 3, 4, 5].map((value) => ({ value, label: `Point ${value}` }))
const helpful = { type: 'ordinal' as const, key: 'helpful', title: 'Helpful', points: scale }

describe('by keyboard alone', () => {
  it('reads the guideline, rates 20 items, and is done', async () => {
    const guideline = await owner.client.guidelines.create({ name: 'How to decide', body: 'Be fair.' })
    const criteria = [helpful, { type: 'binary' as const, key: 'polite', title: 'Polite' }]
    const queue = await newQueue(criteria, sent.slice(0, 20).map(span), { guidelineId: guideline.id })
    await page.goto(`${server.url}/p/test-project/review/${queue.id}`)
    await page.getByRole('button', { name: 'I have read it' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Enter')
    for (let item = 0; item < 20; item += 1) {
      await page.getByText(`Question ${item}`, { exact: true }).waitFor()
      await page.keyboard.press(String((item % 5) + 1))
      await page.keyboard.press(item % 2 === 0 ? '1' : '2')
      await page.keyboard.press('Control+Enter')
    }
    await page.getByRole('heading', { name: 'Done: nothing is left for you here' }).waitFor()
    const judgments = await delivered(queue.id, 20)
    const byItem = judgments.map(({ answers }) => `${String(answers['helpful'])} ${String(answers['polite'])}`)
    expect(byItem.toSorted()).toEqual(Array.from({ length: 20 }, (_, item) => `${(item % 5) + 1} ${item % 2 === 0}`).toSorted())
    expect(judgments[0]).toMatchObject({ guidelineVersion: 1, presentation: { rendering: 'rendered', modelShown: false } })
    expect(judgments.every(({ activeMs }) => activeMs > 0 && activeMs < 60_000)).toBe(true)
  })

  it('compares 20 pairs with a strength, sides drawn by lot and the outcome stored as it was meant', async () => {
    const criteria = [{ type: 'comparison' as const, key: 'better', title: 'Better', strength: 3 }]
    const targets = Array.from({ length: 20 }, (_, index) => pair(sent[2 * index], sent[2 * index + 1]))
    const queue = await newQueue(criteria, targets, { itemKind: 'comparison' })
    await open(queue.id)
    await page.keyboard.press('d')
    await page.locator('mark').first().waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.keyboard.press('d')
    for (let item = 0; item < 20; item += 1) {
      await page.getByText(`Question ${2 * item}`, { exact: true }).waitFor()
      // The even answer is the better one, wherever it stands.
      const left = await page.getByRole('region', { name: 'Left', exact: true }).innerText()
      await page.keyboard.press(left.includes(`Answer ${2 * item} `) ? 'a' : 'b')
      await page.keyboard.press('2')
      await page.keyboard.press('Control+Enter')
    }
    const judgments = await delivered(queue.id, 20)
    expect(new Set(judgments.map(({ presentation }) => String(presentation['order']))).size).toBe(2)
    const { items } = await program.feedback.list({ criterion: 'better', limit: 50 } as never)
    expect(items.map(({ value }) => value)).toEqual(Array.from({ length: 20 }, () => ({ outcome: 'left', strength: 2 })))
  })

  it('marks and corrects a summary with Hebrew and emoji, and undoes', async () => {
    const criteria: RubricInput['criteria'] = [
      {
        type: 'mark',
        key: 'errors',
        title: 'Errors',
        types: [{ value: 'inaccurate', label: 'Inaccurate', hotkey: 'i' }],
        severities: [{ value: 'major', label: 'Major' }],
      },
      { type: 'correction', key: 'corrected', title: 'What it should say', reasons: [{ value: 'facts', label: 'Facts' }] },
    ]
    const queue = await newQueue(criteria, [span(sent[41]), span(sent[0])])
    await open(queue.id)
    await page.keyboard.press('m')
    const text = page.getByRole('textbox', { name: /^Output to mark/ })
    await expect.poll(() => text.evaluate((element) => element === document.activeElement), patient).toBe(true)
    // The emoji is one character for the arrows, whatever it is made of; its direction is the text's.
    const at = summary.indexOf('👩')
    await text.evaluate((element, offset) => getSelection()?.setBaseAndExtent(element.firstChild!, offset, element.firstChild!, offset), at)
    await page.keyboard.press('Shift+ArrowLeft')
    await page.keyboard.press('i')
    const marks = page.getByRole('list', { name: 'Marks' }).getByRole('listitem')
    await marks.first().waitFor()
    expect(await marks.first().innerText()).toContain('👩🏽‍🚀')
    // An insertion point at the end, taken back and made again.
    await page.keyboard.press('Control+End')
    await page.keyboard.press('1')
    await expect.poll(() => marks.count(), patient).toBe(2)
    await page.keyboard.press('Control+z')
    await expect.poll(() => marks.count(), patient).toBe(1)
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => marks.count(), patient).toBe(2)
    expect(await violationsOf(page)).toEqual([])

    await page.keyboard.press('Escape')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+End')
    await page.keyboard.type(' Not so.')
    await page.getByText('2 words added, 0 removed').or(page.getByText('2 words added, 0 words removed')).waitFor()
    await page.getByText(/^Saved \d\d:\d\d/).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Question 0', { exact: true }).waitFor()
    const [judgment] = await delivered(queue.id, 1)
    expect(judgment?.answers).toMatchObject({
      errors: [
        { quote: '👩🏽‍🚀', start: 24, end: 28 },
        { quote: '', start: Array.from(summary).length },
      ],
      corrected: { text: `${summary} Not so.` },
    })

    // The last one again, with everything in it.
    await page.keyboard.press('u')
    await expect.poll(() => marks.count(), patient).toBe(2)
  })

  it('answers every kind of criterion, asks what depends on an answer, and says what is missing', async () => {
    const flaws = ['Rude', 'Wrong'].map((label) => ({ value: label.toLowerCase(), label, description: `It is ${label.toLowerCase()}.` }))
    const criteria: RubricInput['criteria'] = [
      helpful,
      {
        type: 'categorical',
        key: 'topic',
        title: 'Topic',
        options: [
          { value: 'refund', label: 'Refund' },
          { value: 'other', label: 'Other', hotkey: 'o' },
        ],
      },
      { type: 'multi_label', key: 'flaws', title: 'Flaws', options: flaws },
      { type: 'numeric', key: 'minutes', title: 'Minutes', min: 0, max: 60, required: false },
      { type: 'text', key: 'why', title: 'Why', when: { criterion: 'helpful', in: [1] } },
    ]
    const queue = await newQueue(criteria, sent.slice(20, 22).map(span))
    await open(queue.id)
    await page.keyboard.type('2o')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Flaws has no answer yet.').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.type('12')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.type('42')
    await page.keyboard.press('Enter')
    expect(await page.getByLabel('Why', { exact: true }).count()).toBe(0)
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowUp')
    await page.keyboard.press('1')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Why has no answer yet.').waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type('It is 2 words.')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Question 21', { exact: true }).waitFor()
    const [judgment] = await delivered(queue.id, 1)
    expect(judgment?.answers).toEqual({ helpful: 1, topic: 'other', flaws: ['rude', 'wrong'], minutes: 42, why: 'It is 2 words.' })
  })

  it('ranks by the numbers of the outputs, and asks twice about an order that was only left as it was', async () => {
    const queue = await newQueue(
      [{ type: 'ranking', key: 'rank', title: 'Rank' }],
      [pair(...sent.slice(0, 3)), pair(...sent.slice(3, 6))],
      {
        itemKind: 'comparison',
      },
    )
    await open(queue.id)
    await page.keyboard.type('31')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('12')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Question 3', { exact: true }).waitFor()
    await page.keyboard.type('123')
    await page.keyboard.press('Control+Enter')
    await page.getByText('This is exactly the order in which the outputs were shown.').first().waitFor()
    // Shown were ranks 2, 3, 1; they are stored in the target's order.
    const [judgment] = await delivered(queue.id, 1)
    const order = judgment?.presentation['order'] as number[]
    expect(judgment?.answers).toEqual({ rank: { ranks: [0, 1, 2].map((output) => [2, 3, 1][order.indexOf(output)]) } })
    await page.keyboard.press('Control+Enter')
    expect((await delivered(queue.id, 2)).map(({ presentation }) => presentation['keptShownOrder'])).toContain(true)
  })
})

describe('nothing is lost', () => {
  it('goes on without the network, and sends when it is back', async () => {
    const queue = await newQueue([helpful], sent.slice(0, 6).map(span))
    await open(queue.id)
    await page.getByText('1 of 3 in hand').waitFor()
    await context.setOffline(true)
    for (const [item, key] of [0, 1].entries()) {
      await page.getByText(`Question ${item}`, { exact: true }).waitFor()
      await page.keyboard.press(String(key + 2))
      await page.keyboard.press('Control+Enter')
    }
    await page.getByText('Question 2', { exact: true }).waitFor()
    await page.getByText('2 to send').waitFor()
    // The last one again, although it has not been sent.
    await page.keyboard.press('u')
    await page.getByText('Question 1', { exact: true }).waitFor()
    await page.keyboard.press('5')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Question 2', { exact: true }).waitFor()
    expect((await owner.client.queues.get(queue.id)).progress.judgments).toBe(0)
    await context.setOffline(false)
    const judgments = await delivered(queue.id, 2)
    expect(new Set(judgments.map(({ answers }) => answers['helpful']))).toEqual(new Set([2, 5]))
    await page.getByText('1 of 3 in hand').waitFor()
  })

  it('a submit whose answer got lost is one judgment', async () => {
    const queue = await newQueue([helpful], sent.slice(6, 9).map(span))
    await open(queue.id)
    let lost = 0
    await page.route('**/submit?*', async (route) => {
      await route.fetch()
      lost += 1
      await (lost <= 3 ? route.abort() : route.continue())
    })
    await page.keyboard.press('4')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => lost, { timeout: 15_000 }).toBeGreaterThan(3)
    await page.unroute('**/submit?*')
    await expect.poll(() => page.getByText(/to send/).count(), patient).toBe(0)
    expect(await delivered(queue.id, 1)).toHaveLength(1)
  })

  it('keeps what is filled in over a reload and in another window, where the first one steps back', async () => {
    const queue = await newQueue([helpful, { type: 'text', key: 'why', title: 'Why' }], sent.slice(9, 11).map(span))
    await open(queue.id)
    await page.keyboard.press('4')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Because it is.')
    await page.reload()
    await page.getByRole('form', { name: 'Judgment' }).waitFor()
    expect(await page.getByLabel('Why', { exact: true }).inputValue()).toBe('Because it is.')
    const second = await context.newPage()
    await second.goto(page.url())
    await second.getByRole('button', { name: 'Go on here' }).click()
    await second.getByRole('form', { name: 'Judgment' }).waitFor()
    expect(await second.getByLabel('Why', { exact: true }).inputValue()).toBe('Because it is.')
    await page.getByRole('heading', { name: 'You work on this queue in another window' }).waitFor()
    await second.close()
    await page.getByRole('button', { name: 'Go on here' }).click()
    await page.getByRole('form', { name: 'Judgment' }).waitFor()
  })

  it('asks to sign in again over the work when the session has ended, and then sends it', async () => {
    const queue = await newQueue([helpful], sent.slice(28, 30).map(span))
    await open(queue.id)
    await context.clearCookies()
    await page.keyboard.press('5')
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog', { name: 'Sign in again' })
    await dialog.getByLabel('Password').fill(admin.password)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    expect((await delivered(queue.id, 1))[0]?.answers).toEqual({ helpful: 5 })
  })

  it('on two devices one item is judged once, and the second device is told', async () => {
    const queue = await newQueue([helpful], sent.slice(16, 18).map(span))
    const device = await browser.newContext({ storageState: await context.storageState() })
    const other = await device.newPage()
    await open(queue.id)
    await open(queue.id, other)
    await other.getByText('Question 16', { exact: true }).waitFor()
    await page.keyboard.press('4')
    await page.keyboard.press('Control+Enter')
    await delivered(queue.id, 1)
    await other.keyboard.press('2')
    await other.keyboard.press('Control+Enter')
    const notice = other.getByRole('region', { name: 'A judgment was not taken' })
    await notice.getByText(/You have judged this item already/).waitFor()
    await notice.getByRole('button', { name: 'Discard it' }).click()
    await notice.waitFor({ state: 'hidden' })
    await device.close()
    expect((await judgmentsOf(queue.id)).map(({ answers }) => answers)).toEqual([{ helpful: 4 }])
  })

  it('a guideline that changes under the work says what has changed, and judgments are stamped with what was read', async () => {
    const text = { name: 'Rules', body: 'Be fair.' }
    const guideline = await owner.client.guidelines.create(text)
    await owner.client.guidelines.acknowledge(guideline.id, 1)
    const queue = await newQueue([helpful], sent.slice(22, 28).map(span), { guidelineId: guideline.id })
    await open(queue.id)
    await page.getByText('1 of 3 in hand').waitFor()
    await owner.client.guidelines.change(guideline.id, { ...text, body: 'Be fair and quick.', baseVersion: 1, note: 'Speed counts.' })
    await page.keyboard.press('4')
    await page.keyboard.press('Control+Enter')
    await page.getByText('The guideline has changed since you last worked here.').waitFor()
    await page.getByText('Speed counts.').waitFor()
    await page.getByText('2 words added, 0 words removed').waitFor()
    await page.getByRole('button', { name: 'I have read the change' }).click()
    await page.getByText('1 of 3 in hand').waitFor()
    await page.keyboard.press('3')
    await page.keyboard.press('Control+Enter')
    const judgments = await delivered(queue.id, 2)
    expect(judgments.map(({ answers, guidelineVersion }) => [answers['helpful'], guidelineVersion])).toEqual(
      expect.arrayContaining([
        [4, 1],
        [3, 2],
      ]),
    )
  })

  it('goes by the clock of the server, and what is over stays and is offered again', async () => {
    const queue = await newQueue([helpful], sent.slice(14, 16).map(span))
    const late = await context.newPage()
    await late.clock.install({ time: Date.now() - 3 * 3_600_000 })
    await open(queue.id, late)
    await late.getByRole('button', { name: /Time left for this item: 15 min/ }).waitFor()
    await late.keyboard.press('2')
    await late.getByText(/^Saved/).waitFor()
    await late.route('**/extend?*', (route) =>
      route.fulfill({ status: 409, json: { code: 'conflict', detail: 'The lease has run out.', requestId: '', title: '', status: 409 } }),
    )
    await late.clock.fastForward('16:00')
    await late.getByText('The time for this item is over').waitFor()
    await late.getByRole('button', { name: 'Point 2' }).and(late.locator('[aria-pressed=true]')).waitFor()
    expect(await violationsOf(late)).toEqual([])
    await late.keyboard.press('Control+Enter')
    expect((await delivered(queue.id, 1))[0]?.answers).toEqual({ helpful: 2 })
    await late.close()
  })
})

describe('the reviewer', () => {
  it('skips with a reason, reports a problem, has keys of their own, and finds their figures at home', async () => {
    const queue = await newQueue([helpful], sent.slice(11, 14).map(span), { name: 'Their queue' })
    await open(queue.id)
    await page.keyboard.press('Space')
    await page.getByRole('dialog', { name: 'Why do you skip this item?' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('5')
    await page.getByText('Question 12', { exact: true }).waitFor()
    await expect.poll(async () => (await owner.client.queues.get(queue.id)).progress.needsLead, patient).toBe(1)
    await page.keyboard.press('!')
    await page.getByLabel('What is wrong').fill('The answer is cut off.')
    await page.keyboard.press('Control+Enter')
    await page.getByText('A lead will look at it.').first().waitFor()
    expect((await owner.client.queues.challenges(queue.id)).items).toMatchObject([{ note: 'The answer is cut off.' }])

    await page.getByRole('button', { name: 'More to do' }).click()
    await page.getByRole('menuitem', { name: 'Change the keys' }).click()
    const dialog = page.getByRole('dialog', { name: 'Your keys' })
    await dialog.getByRole('button', { name: /change the key of Submit/ }).click()
    await page.keyboard.press('3')
    await dialog.getByText('This key belongs to the options of a criterion.').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: /change the key of Submit/ }).click()
    await page.keyboard.press('s')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('form', { name: 'Judgment' }).getByRole('button', { name: 'Point 3' }).waitFor()
    await page.keyboard.press('3')
    await page.keyboard.press('s')
    await delivered(queue.id, 1)
    await page.evaluate(() => localStorage.clear())

    await page.getByRole('link', { name: 'To my queues' }).click()
    const row = page.getByRole('listitem').filter({ hasText: 'Their queue' })
    await row.getByText('1 of 2').waitFor()
    await row.getByText('nobody else has judged the same items yet').waitFor()
    await page.waitForLoadState('networkidle')
    expect(await violationsOf(page)).toEqual([])
  })

  it('looks up how similar items were decided after their own judgment, and a change after that says so', async () => {
    const queue = await newQueue([helpful], sent.slice(0, 2).map(span))
    await open(queue.id)
    await page.keyboard.press('/')
    const panel = page.getByRole('complementary', { name: 'Similar items' })
    await panel.getByText('Judge this item first').waitFor()
    await page.keyboard.press('/')
    await panel.waitFor({ state: 'hidden' })
    for (const [item, key] of ['4', '2'].entries()) {
      await page.getByText(`Question ${item}`, { exact: true }).waitFor()
      await page.keyboard.press(key)
      await page.keyboard.press('Control+Enter')
    }
    await delivered(queue.id, 2)
    await page.keyboard.press('u')
    await page.getByText('Question 1', { exact: true }).waitFor()
    await page.keyboard.press('/')
    await panel.getByText('Point 4, 1 of 1').waitFor()
    await panel.getByText('Question 0').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 390)).toBe(0)
    await page.keyboard.press('4')
    await page.keyboard.press('Control+Enter')
    const judgments = await delivered(queue.id, 2)
    const found = judgments.map(({ answers, presentation }) => [answers['helpful'], presentation['afterReveal']])
    expect(found).toEqual(
      expect.arrayContaining([
        [4, true],
        [4, undefined],
      ]),
    )
  })

  it('sees nothing but their queues', async () => {
    const added = await owner.client.projects.addMember(owner.projectId, { email: 'rita@example.com', role: 'reviewer' })
    const hers = await browser.newContext({ viewport: { width: 390, height: 844 } })
    const view = await hers.newPage()
    await view.goto(server.url)
    await view.getByLabel('E-mail').fill('rita@example.com')
    await view.getByLabel('Password').fill(added.oneTimePassword ?? '')
    await view.keyboard.press('Enter')
    await view.getByLabel('Password you were handed').fill(added.oneTimePassword ?? '')
    await view.getByLabel('New password').fill('another good password')
    await view.keyboard.press('Enter')
    await view.getByRole('heading', { name: 'My reviews' }).waitFor()
    await view.getByRole('button', { name: 'Open the menu' }).click()
    expect(await view.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts()).toEqual(['My reviews', 'My figures'])
    await view.goto(`${server.url}/p/test-project/traces`)
    await view.getByRole('heading', { name: 'My reviews' }).waitFor()
    await hers.close()
  })

  it('has everything in view from 320 to 1920 pixels', async () => {
    const criteria: RubricInput['criteria'] = [
      { type: 'ranking', key: 'rank', title: 'Rank' },
      { type: 'comparison', key: 'better', title: 'Better', strength: 7 },
    ]
    for (const [kinds, outputs] of [
      [criteria.slice(0, 1), 5],
      [criteria.slice(1), 2],
    ] as const) {
      await open((await newQueue([...kinds], [pair(...sent.slice(0, outputs))], { itemKind: 'comparison' })).id)
      await page.keyboard.press('a')
      for (const width of [320, 390, 768, 1024, 1920]) expect(await sidewaysScroll(page, width)).toBe(0)
    }
  })
})

it('no page threw or logged an error', () => {
  expect(faults).toEqual([])
})
