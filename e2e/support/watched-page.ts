import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { admin } from './start-server.ts'

export type WatchedPage = {
  context: BrowserContext
  page: Page
  /** What went wrong in the page itself: exceptions and errors on its console. */
  faults: string[]
}

/** A page without motion whose faults are collected. A refused request is no fault: the browser logs it, the page shows it itself. */
export async function openWatched(browser: Browser, options: BrowserContextOptions & { timeoutMs?: number } = {}): Promise<WatchedPage> {
  const { timeoutMs = 15_000, ...rest } = options
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...rest })
  const page = await context.newPage()
  page.setDefaultTimeout(timeoutMs)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text())
  })
  return { context, page, faults }
}

/** Signs in as the test server's owner, on the way to an address of its web app. */
export async function signInOn(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByLabel('Password').fill(admin.password)
  await page.keyboard.press('Enter')
  await page.waitForURL(({ pathname }) => pathname.startsWith('/p/'))
}

/** Makes the first account of a platform that has none. */
export async function setUpOn(page: Page, platformUrl: string, owner: { name: string; email: string; password: string }): Promise<void> {
  await page.goto(`${platformUrl}/setup`)
  await page.getByLabel('Your name').fill(owner.name)
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByLabel('Password').fill(owner.password)
  await page.getByRole('button', { name: 'Create the account' }).click()
}
