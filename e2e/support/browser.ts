import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Builds the web app if its sources are newer than the last build. The server serves what was built. */
export function buildWeb(): void {
  execFileSync(process.execPath, [join(root, 'scripts/build-web.mjs')], { cwd: root, stdio: 'inherit' })
}

/** The system's Chromium. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: flags })
}

/**
 * Chooses from a list that opens. A list that is still opening ignores a press, and its reader presses again: so does this, as long as
 * the option stands there.
 */
export async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field, exact: true }).click()
  const choice = page.getByRole('option', { name: option })
  for (let presses = 1; ; presses += 1) {
    await choice.click()
    try {
      await choice.waitFor({ state: 'hidden', timeout: 3000 })
      return
    } catch (error) {
      if (presses === 4) throw error
    }
  }
}

/** What axe finds on the page as it stands, one line for each element; empty when it is clean. */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  )
}

/** What axe finds in the light and in the dark theme. */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // The new colours arrive with the transitions that they start.
    await page.waitForTimeout(100)
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
    found.push(...(await violationsOf(page)).map((violation) => `${colorScheme}: ${violation}`))
  }
  return found
}

/** How far the page can be scrolled sideways at this width; 0 when it fits. */
export async function sidewaysScroll(page: Page, width: number): Promise<number> {
  const before = page.viewportSize()
  await page.setViewportSize({ width, height: 800 })
  await page.waitForTimeout(150)
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  if (before !== null) await page.setViewportSize(before)
  return excess
}
