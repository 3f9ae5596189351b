import type { Response } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { violationsOf } from './support/browser.ts'
import { helpful, openDesk, patient, span } from './support/open-desk.ts'
import { admin } from './support/start-server.ts'

const { browser, context, delivered, faults, newQueue, open, owner, page, sent, close } = await openDesk()
afterAll(close)

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

  it('each judgment brings the next item, once, however quick the keys and whatever gets lost on the way', async () => {
    const queue = await newQueue([helpful], sent.slice(30, 41).map(span))
    const answered: number[] = []
    const claims = (response: Response) => {
      if (response.url().includes('/claim?')) answered.push(response.status())
    }
    page.on('response', claims)
    await open(queue.id)
    await page.getByText('1 of 3 in hand').waitFor()
    let handedIn = 0
    await page.route('**/submit?*', async (route) => {
      const response = await route.fetch()
      handedIn += 1
      await (handedIn % 4 === 0 ? route.abort() : route.fulfill({ response }))
    })
    for (let item = 30; item < 41; item += 1) {
      await page.getByText(`Question ${item}`, { exact: true }).waitFor()
      await page.keyboard.press('4')
      await page.keyboard.press('Control+Enter')
      if (item === 35) {
        await page.keyboard.press('u')
        await page.getByText('Question 35', { exact: true }).waitFor()
        await page.keyboard.press('2')
        await page.keyboard.press('Control+Enter')
      }
    }
    const judgments = await delivered(queue.id, 11)
    await page.getByText('You have judged 11 items in this queue.').waitFor()
    await page.unroute('**/submit?*')
    page.off('response', claims)
    expect(judgments.filter(({ answers }) => answers['helpful'] === 2)).toHaveLength(1)
    expect(answered.filter((status) => status !== 200)).toEqual([])
    // Three to begin with, one for each of the last three that brought none, and one after the judgment that was opened again.
    expect(answered.length).toBeLessThanOrEqual(8)
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
    expect((await delivered(queue.id, 1)).map(({ answers }) => answers)).toEqual([{ helpful: 4 }])
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

it('no page threw or logged an error', () => {
  expect(faults).toEqual([])
})
