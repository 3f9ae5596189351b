import { readFile } from 'node:fs/promises'
import { createClient } from '@plaudit/sdk'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildWeb, choose, launchBrowser, sidewaysScroll, violationsInBothThemes } from './support/browser.ts'
import { startSample } from './support/start-sample.ts'
import { openWatched } from './support/watched-page.ts'

const owner = { name: 'Ada Byron', email: 'ada@example.com', password: 'correct horse battery' }

let platform: Awaited<ReturnType<typeof startSample>>
let browser: Browser
let context: BrowserContext
let page: Page
let faults: string[]

beforeAll(async () => {
  buildWeb()
  platform = await startSample()
  browser = await launchBrowser()
  ;({ context, page, faults } = await openWatched(browser, { viewport: { width: 1280, height: 900 }, acceptDownloads: true }))
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await platform?.stop()
})

const heading = (name: string | RegExp) => page.getByRole('heading', { name, exact: typeof name === 'string' })
const button = (name: string | RegExp) => page.getByRole('button', { name })
const goTo = async (path: string) => {
  await page.goto(`${platform.url}${path}`)
}

describe('the first visit', () => {
  it('asks for the first account, whatever the address', async () => {
    await goTo('/p/nowhere/traces')
    await heading('Set up Plaudit').waitFor()
    expect(new URL(page.url()).pathname).toBe('/setup')
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 320)).toBe(0)
  })

  it('ends on the home page of the sample project', async () => {
    await page.getByLabel('Your name').fill(owner.name)
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password').fill(owner.password)
    await button('Create the account').click()
    await heading('Sample project').waitFor()
  })
})

describe('home', () => {
  it('shows the loop with live counts and the one thing to do next', async () => {
    const loop = page.getByRole('region', { name: 'The loop' })
    await loop.waitFor()
    for (const step of ['Collect', 'Review', 'Trust', 'Learn', 'Guide', 'Watch']) await loop.getByText(step, { exact: true }).waitFor()
    expect(await loop.getByRole('link', { name: /^[\d,.K]+ traces$/ }).count()).toBe(1)
    expect(await loop.getByRole('heading').count()).toBe(1)
    expect(await violationsInBothThemes(page)).toEqual([])
  })

  it('says for each criterion what the figures mean, with interval and n', async () => {
    const section = page.getByRole('region', { name: 'helpfulness, rating by people', exact: true }).first()
    await section.scrollIntoViewIfNeeded()
    expect(await section.innerText()).toMatch(/\[−?\d\.\d\d, −?\d\.\d\d\], [\d,]+ judgments\./)
    expect(await section.innerText()).toMatch(/n = [\d,]+/)
    await section.getByRole('button', { name: 'Table' }).click()
    const table = section.getByRole('table')
    expect(await table.getByRole('columnheader').allInnerTexts()).toContain('Variant')
    expect(await table.getByRole('row').count()).toBeGreaterThan(4)
    expect(await violationsInBothThemes(page)).toEqual([])
    await section.getByRole('button', { name: 'Chart' }).click()
  })

  it('hands out the figures as CSV and the charts as SVG', async () => {
    const saved = async (entry: string) => {
      await button('Download helpfulness, rating by people').click()
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: entry }).click()])
      return readFile(await file.path(), 'utf8')
    }
    expect((await saved('Figures as CSV')).split('\r\n')[0]).toBe(
      'criterion,kind,author_kind,population,prompt,version,model,time,mean,low,high,n,traces,effective_traces,method,reason',
    )
    const svg = await saved('Charts as SVG')
    expect(svg).toMatch(/^<svg /)
    expect(svg).not.toContain('var(--')
    expect(svg).toMatch(/n = [\d,]+/)
  })

  it('keeps its window in the address', async () => {
    await button('7d, the last 7 days').click()
    await page.waitForURL(/window=7d/)
    await page.reload()
    expect(await button('7d, the last 7 days').getAttribute('aria-pressed')).toBe('true')
  })

  it('fits from 320 to 1920 pixels', async () => {
    await page.getByRole('region', { name: 'The loop' }).waitFor()
    for (const width of [320, 390, 768, 1024, 1920]) expect(await sidewaysScroll(page, width), `at ${width}`).toBe(0)
  })
})

describe('review', () => {
  it('has work for the first account at once, by keyboard', async () => {
    await goTo('/p/sample-project/review')
    await heading('My reviews').waitFor()
    await page
      .getByRole('link', { name: /^Begin with / })
      .first()
      .waitFor()
    expect(await page.getByRole('link', { name: /^Begin with / }).count()).toBe(4)
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.getByRole('link', { name: 'Begin with Support replies', exact: true }).click()
    await button('I have read it').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('form', { name: 'Judgment' }).waitFor()
    for (const key of ['4', '5', '3', 'Control+Enter']) await page.keyboard.press(key)
    await goTo('/p/sample-project/review')
    await page.getByRole('link', { name: 'Go on with Support replies', exact: true }).waitFor()
    await page.getByText(/^1 of \d\d$/).waitFor()
  })
})

describe('keyboard', () => {
  it('goes to places by g and a letter, and tells which keys there are', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await page.waitForURL(/\/traces/)
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keys on this page' })
    await sheet.getByText('Go to sessions').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
  })

  it('finds pages in the palette', async () => {
    await page.keyboard.press('Control+k')
    const field = page.getByRole('combobox', { name: 'Find a page or an action' })
    await field.fill('sess')
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/sessions/)
    await field.waitFor({ state: 'hidden' })
  })

  it('moves the focus to the new page, and skips the rail on request', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click()
    await heading('Settings').waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await page.reload()
    await heading('Settings').waitFor()
    // A browser may go on from where the focus was before the page was loaded anew.
    await page.evaluate(() => document.querySelector<HTMLElement>('a[href="#main"]')?.focus())
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  })
})

describe('settings', () => {
  it('makes a key whose secret is shown once, and revokes it', async () => {
    await button('New key').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('production')
    await dialog.getByRole('button', { name: 'Create the key' }).click()
    await page.getByRole('dialog', { name: 'Copy the secret key now' }).waitFor()
    const secretKey = await dialog.locator('code').first().innerText()
    expect(await violationsInBothThemes(page)).toEqual([])
    const program = createClient({ baseUrl: platform.url, key: secretKey, tries: 1 })
    expect((await program.traces.list({ limit: 1 })).items).toHaveLength(1)

    await dialog.getByRole('button', { name: 'I have copied it' }).click()
    await page.getByRole('cell', { name: 'production', exact: true }).waitFor()
    expect(await page.content()).not.toContain(secretKey)

    await button('Revoke the key production').click()
    await button('Revoke the key').last().click()
    await page.getByText('The key “production” is revoked.').first().waitFor()
    await page.getByRole('cell', { name: 'production', exact: true }).waitFor({ state: 'hidden' })
    await expect(program.traces.list({ limit: 1 })).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('adds a member with a one-time password, changes the role, and removes them', async () => {
    await button('Add a member').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('E-mail').fill('grace@example.com')
    await dialog.getByLabel('Name').fill('Grace Hopper')
    await dialog.getByRole('button', { name: 'Add to the project' }).click()
    await page.getByRole('dialog', { name: 'Hand the password to Grace Hopper' }).waitFor()
    const password = await dialog.locator('code').innerText()
    await dialog.getByRole('button', { name: 'I have copied it' }).click()

    const other = await browser.newContext()
    const hers = await other.newPage()
    await hers.goto(platform.url)
    await hers.getByLabel('E-mail').fill('grace@example.com')
    await hers.getByLabel('Password').fill(password)
    await hers.getByRole('button', { name: 'Sign in' }).click()
    await hers.getByRole('heading', { name: 'Choose your password' }).waitFor()
    await hers.getByLabel('Password you were handed').fill(password)
    await hers.getByLabel('New password').fill('another good password')
    await hers.getByRole('button', { name: 'Change the password' }).click()
    await hers.waitForURL(/\/p\/sample-project/)
    await other.close()

    await choose(page, 'Role of Grace Hopper', 'Review lead')
    await page.getByText('Grace Hopper is now review lead.').waitFor()
    await button('Remove Grace Hopper').click()
    await button('Remove from the project').click()
    await page.getByRole('cell', { name: 'Grace Hopper', exact: true }).waitFor({ state: 'hidden' })
  })
})

describe('every page', () => {
  it.each([
    ['/p/sample-project', 'Sample project'],
    ['/p/sample-project/traces', 'Traces'],
    ['/p/sample-project/sessions', 'Sessions'],
    ['/p/sample-project/feedback', 'Feedback'],
    ['/p/sample-project/rewards', 'Reward models'],
    ['/p/sample-project/settings', 'Settings'],
    ['/projects/new', 'New project'],
    ['/password', 'Change your password'],
    ['/p/nowhere', 'There is nothing at this address'],
  ])('%s is clean for axe in both themes and fits 320 pixels', async (path, name) => {
    await goTo(path)
    await heading(name).first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 320)).toBe(0)
  })
})

describe('sessions', () => {
  it('asks to sign in again over the page when the session has ended, and goes on where it was', async () => {
    await goTo('/p/sample-project/settings')
    await button('New key').click()
    await page.getByLabel('Name').fill('kept')
    await context.clearCookies()
    await button('Create the key').click()
    const dialog = page.getByRole('dialog', { name: 'Sign in again' })
    await dialog.getByLabel('Password').fill(owner.password)
    expect(await violationsInBothThemes(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await page.getByLabel('Name').inputValue()).toBe('kept')
    await button('Create the key').click()
    await page.getByRole('dialog', { name: 'Copy the secret key now' }).waitFor()
    await button('I have copied it').click()
  })

  it('signs out, refuses a wrong password without losing the address, and returns to where one wanted to go', async () => {
    await button(/Account/).click()
    await button('Sign out').click()
    await heading('Sign in').waitFor()
    await goTo('/p/sample-project/traces?status=error')
    await heading('Sign in').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password').fill('not the password')
    await button('Sign in').click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('E-mail').inputValue()).toBe(owner.email)
    await page.getByLabel('Password').fill(owner.password)
    await button('Sign in').click()
    await page.waitForURL(/\/traces\?status=error/)
    await heading('Traces').waitFor()
  })
})

it('no page threw or logged an error', () => {
  expect(faults).toEqual([])
})
