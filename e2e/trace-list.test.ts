import { afterAll, describe, expect, it } from 'vitest'
import { choose, sidewaysScroll, violationsInBothThemes } from './support/browser.ts'
import { first, traceId } from './support/judged-trace.ts'
import { openTraces } from './support/open-traces.ts'

const { api, close, faults, open, page } = await openTraces()
afterAll(close)

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })

describe('the list of traces', () => {
  it('filters by what is typed, keeps it in the address, and takes it off again', async () => {
    await open('/traces')
    await page.getByRole('list', { name: 'Traces' }).waitFor()
    await page.getByLabel('Search the traces').fill('model:model-b question 7')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toContain('model=model-b')
    await expect.poll(() => page.getByRole('list', { name: 'Traces' }).getByRole('listitem').count()).toBe(1)
    await page.reload()
    await expect.poll(() => page.getByRole('list', { name: 'Traces' }).getByRole('listitem').count()).toBe(1)
    await button('Remove the filter Model model-b').click()
    await expect.poll(() => page.url()).not.toContain('model=')
    await page.getByLabel('Search the traces').fill('zebra')
    await page.keyboard.press('Enter')
    await page.getByText('No trace matches these filters').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
  })

  it('offers the values that occur', async () => {
    await open('/traces')
    await button('Filters').click()
    await choose(page, 'Model', 'model-a')
    await expect.poll(() => page.url()).toContain('model=model-a')
    expect(await violationsInBothThemes(page)).toEqual([])
  })

  it('loads further pages as one scrolls, with few rows in the document', async () => {
    await open('/traces')
    const rows = page.getByRole('list', { name: 'Traces' }).getByRole('listitem')
    await rows.first().waitFor()
    for (let turn = 0; turn < 12 && !(await page.getByText('All 72 shown').isVisible()); turn += 1) {
      await page.mouse.wheel(0, 3_000)
      await page.waitForTimeout(100)
    }
    await page.getByText('All 72 shown').waitFor()
    expect(await rows.count()).toBeLessThan(50)
  })

  it('is walked with j and k and opened with Enter', async () => {
    await open('/traces')
    await page.getByRole('list', { name: 'Traces' }).waitFor()
    for (const key of ['j', 'j', 'k']) await page.keyboard.press(key)
    await page.waitForTimeout(100)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/traces\/[0-9a-f]{32}/)
  })

  it('fits a phone', async () => {
    await open('/traces')
    await page.getByRole('list', { name: 'Traces' }).waitFor()
    expect(await sidewaysScroll(page, 320)).toBe(0)
    expect(await violationsInBothThemes(page)).toEqual([])
  })

  it('keeps the filters when the server fails', async () => {
    await page.route('**/api/v1/traces?*', (route) =>
      route.fulfill({ status: 400, body: '{"detail":"No such time.","code":"invalid_argument"}' }),
    )
    await open('/traces?model=model-a')
    await page.getByText('No such time.').waitFor()
    await button('Remove the filter Model model-a').waitFor()
    await page.unroute('**/api/v1/traces?*')
    await button('Try again').click()
    await page.getByRole('list', { name: 'Traces' }).waitFor()
  })
})

describe('sessions and feedback', () => {
  it('a session is a conversation that can be judged', async () => {
    await open('/sessions')
    await page.getByRole('list', { name: 'Sessions' }).getByRole('link').first().waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await open('/sessions/visit-1')
    await button('Show in full').first().click()
    await page.keyboard.press('n')
    await expect
      .poll(async () => (await api.feedback.list({ sessionId: 'visit-1' })).items.some((one) => one.target.kind === 'session'))
      .toBe(true)
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 320)).toBe(0)
  })

  it('the newest feedback leads to what it is about', async () => {
    await open('/feedback?authorKind=model')
    await page.getByText('model reward-1').waitFor()
    expect(await page.getByText('customer').count()).toBe(0)
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.getByRole('link', { name: 'Open the span' }).first().click()
    await page.waitForURL(new RegExp(`/traces/${traceId}\\?span=${first}`))
  })
})

it('no page threw or logged an error', () => {
  expect(faults).toEqual([])
})
