import { createClient, type AgreementReport, type BiasReport, type CoverageReport, type ReviewerReport } from '@plaudit/sdk'
import { krippendorffAlpha, encodeRatings } from '@plaudit/stats'
import { parse } from 'csv-parse/sync'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { leftAdvantage, reviewers } from '../packages/cli/src/sample/truth.ts'
import { buildWeb, choose, launchBrowser, sidewaysScroll, violationsInBothThemes } from './support/browser.ts'
import { startSample } from './support/start-sample.ts'
import { startTestServer } from './support/start-server.ts'
import { openWatched, setUpOn } from './support/watched-page.ts'

const owner = { name: 'Ada Byron', email: 'ada@example.com', password: 'correct horse battery' }

describe('trust in the sample project', () => {
  let platform: Awaited<ReturnType<typeof startSample>>
  let browser: Browser
  let page: Page
  let projectId: string
  let faults: string[]

  beforeAll(async () => {
    buildWeb()
    platform = await startSample()
    browser = await launchBrowser()
    ;({ page, faults } = await openWatched(browser, { viewport: { width: 1280, height: 900 } }))
    await setUpOn(page, platform.url, owner)
    await page.getByRole('heading', { name: 'Sample project' }).waitFor()
    const session = (await (await page.request.get(`${platform.url}/api/v1/session`)).json()) as { projects: { id: string }[] }
    projectId = session.projects[0]?.id ?? ''
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await platform?.stop()
  })

  /** A report, once it is made. */
  async function report<T>(name: string, query = ''): Promise<T> {
    for (;;) {
      const answer = await page.request.get(`${platform.url}/api/v1/quality/${name}?project=${projectId}${query}`)
      if (answer.status() !== 202) return (await answer.json()) as T
    }
  }
  const goTo = async (path: string) => {
    await page.goto(`${platform.url}/p/sample-project/${path}`)
  }

  it('finds the lenient and the noisy reviewer again, and nobody else', async () => {
    const { reviewers: found } = await report<ReviewerReport>('reviewers')
    const flagged = (kind: string) =>
      found.filter(({ flags }) => flags.some((flag) => flag.kind === kind)).map(({ reviewerId }) => reviewerId)
    const lenient = reviewers.filter(({ severity }) => severity > 0.5).map(({ id }) => id)
    const noisy = reviewers.filter(({ accuracy }) => accuracy < 0.8).map(({ id }) => id)
    expect(flagged('lenient')).toEqual(lenient)
    expect(flagged('disagrees')).toEqual(noisy)
    const own = found.find(({ reviewerId }) => reviewerId === lenient[0])
    // 0.9 of a point above the others, of whom one is strict by 0.15, less what the ends of the scale cut off.
    const points = own?.leniencyByCriterion.find(({ criterion }) => criterion === 'quality')?.leniency
    expect(points?.low).toBeGreaterThan(0.5)
    expect(points?.high).toBeLessThan(1.2)
  })

  it('finds the advantage of the left side, with an interval that holds it', async () => {
    const { findings, sentence } = await report<BiasReport>('bias')
    const found = (kind: string) => findings.find((finding) => finding.kind === kind)
    expect(found('position')).toMatchObject({ verdict: 'found' })
    expect(found('position')?.estimate.low).toBeLessThan(leftAdvantage)
    expect(found('position')?.estimate.high).toBeGreaterThan(leftAdvantage)
    expect(found('severity')).toMatchObject({ verdict: 'found' })
    expect(found('drift')?.verdict).not.toBe('found')
    expect(sentence).toMatch(/^Judgments lean by position/)
  })

  it('weighs the scores by topic to the traffic of the bot, and leaves replays out', async () => {
    const { estimates, sentence } = await report<CoverageReport>(
      'coverage',
      '&by=metadata:topic&environment=production&promptName=support-reply',
    )
    expect(sentence).toMatch(/traffic by topic/)
    for (const { production, sample } of estimates) {
      expect(production.low).toBeLessThan(production.estimate!)
      expect(Math.abs(production.estimate! - sample.estimate!)).toBeLessThan(0.5)
    }
  })

  it('shows agreement with intervals, and leads to the votes', { timeout: 150_000 }, async () => {
    await goTo('agreement?by=promptVersion')
    const overview = page.getByRole('region', { name: 'Agreement by criterion' })
    await overview.waitFor()
    expect(await overview.innerText()).toMatch(/Agreement is low: .* of .* criteria are below 0\.67\. “\w+” is the problem \(0\.\d\d \[/)
    await page.getByRole('region', { name: 'tone, rating' }).getByText('By prompt version').waitFor()
    // The same of the traffic, which the address keeps.
    await page.getByRole('button', { name: 'Production traffic' }).click()
    await choose(page, 'Strata', 'by topic')
    await page
      .getByRole('region', { name: 'tone, rating' })
      .getByText(/Weighted to the traffic of the prompts and environments that it was judged in, by topic/)
      .waitFor()
    expect(new URL(page.url()).searchParams.get('population')).toBe('production')
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 390)).toBe(0)
    await overview.getByRole('link', { name: 'Show them' }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('list', { name: /votes/ }).first().waitFor()
    expect(await page.locator('main').innerText()).toMatch(/\d+ % sure · \d votes/)
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 390)).toBe(0)
    await goTo('judged?criterion=errors')
    const marked = page.getByRole('list', { name: 'Marked by a majority' }).first()
    await marked.waitFor()
    expect(await marked.innerText()).toMatch(/(inserted at|characters) [\d,]+.* · \d+ %, \d of \d reviewers/)
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 390)).toBe(0)
  })

  it('shows reviewers, bias and coverage to a lead', { timeout: 150_000 }, async () => {
    await goTo('reviewers')
    await page
      .getByRole('region', { name: 'reviewer-4' })
      .getByText(/of the scale above the others/)
      .waitFor()
    const tiring = page.getByRole('region', { name: 'reviewer-4' }).getByRole('figure').filter({ hasText: 'by time in the sitting' })
    expect(await tiring.getByRole('listitem').first().textContent()).toMatch(/^0–15 min: \d+ %\[\d+ %, \d+ %\]n = \d+$/)
    await tiring.locator('[data-chart]').hover()
    await tiring
      .getByText(/^\d+–\d+ min/)
      .first()
      .waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 390)).toBe(0)
    await goTo('bias')
    await page.getByRole('region', { name: 'Severity' }).getByText('found', { exact: true }).waitFor()
    await page.getByRole('region', { name: 'What people say' }).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 390)).toBe(0)
    await goTo('coverage?by=metadata:topic&promptName=support-reply&environment=production')
    const scores = page.getByRole('region', { name: 'Scores by population' })
    await scores.getByText(/As it happened to be judged/).waitFor()
    await scores.getByRole('button', { name: 'Target population' }).click()
    await scores.getByRole('textbox', { name: 'refund' }).fill('3')
    await scores.getByRole('textbox', { name: 'warranty' }).fill('1')
    await scores.getByRole('button', { name: 'Show this population' }).click()
    await scores.getByText('Weighted to the shares that you set, by topic.').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 390)).toBe(0)
    // Home has the shares that were set, for the same strata.
    await goTo('?population=production&strata=metadata:topic&prompt=support-reply&environment=production')
    await page.getByRole('button', { name: 'Target population' }).click()
    const tone = page.getByRole('region', { name: 'tone, rating by people' })
    await tone.getByText(/Weighted to the shares that you set, by topic\./).waitFor()
    await tone
      .getByText(/n = \d+, effective \d+/)
      .first()
      .waitFor()
    expect(new URL(page.url()).searchParams.get('target')).toBe('refund:3,warranty:1')
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 390)).toBe(0)
    expect(faults).toEqual([])
  })
})

// Real ratings of chatbot traffic by eight people. The data is not part of the repository: it lies beside it, at ../shared/data.
const here = dirname(fileURLToPath(import.meta.url))
const convabuse = join(here, '../../shared/data/convabuse/ConvAbuseEMNLPfull.csv')
const program = join(here, '../packages/cli/src/main.ts')
const isThere = existsSync(convabuse)
if (!isThere) console.warn('The ratings at ../shared/data are missing, so that trust is not tested on real ones.')

describe.runIf(isThere)('trust in real ratings', () => {
  it(
    'has the alpha that the statistics have on the same rows, and a consensus of every item with several raters',
    { timeout: 150_000 },
    async () => {
      const rows = convabuseRows()
      const folder = mkdtempSync(join(tmpdir(), 'plaudit-trust-'))
      const file = join(folder, 'ratings.csv')
      writeFileSync(file, ['item,rater,value', ...rows.map(({ item, rater, value }) => `${item},${rater},${value}`), ''].join('\n'))
      const server = await startTestServer()
      try {
        const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning', program]
        await promisify(execFile)(process.execPath, [
          ...flags,
          'import',
          'ratings',
          file,
          '--ask',
          'abuse',
          '--server',
          server.url,
          '--key',
          server.keys.secretKey,
        ])
        const client = createClient({ baseUrl: server.url, key: server.keys.secretKey })
        const report = (await client.quality.agreement({ criterion: 'abuse' })) as AgreementReport
        const newest = new Map(rows.map((row) => [`${row.item} ${row.rater}`, row]))
        const alpha = krippendorffAlpha(encodeRatings(newest.values()), { level: 'ordinal' })
        expect(report.criteria).toMatchObject([{ level: 'ordinal', raters: 8, ratings: newest.size }])
        expect(report.criteria[0]?.alpha.estimate).toBeCloseTo(alpha.estimate!, 12)
        const { items } = await client.quality.consensus({ criterion: 'abuse', limit: 200 })
        expect(items).toHaveLength(200)
        for (const { votes, n } of items) expect(votes).toHaveLength(n)
        const spreads = items.map(({ spread }) => spread)
        expect(spreads[0]).toBeGreaterThan(0)
        expect(spreads).toEqual(spreads.toSorted((a, b) => b - a))
      } finally {
        await server.remove()
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})

/** Severity from 1 (none) to −3 by annotator, of one exchange in eight. */
function convabuseRows(): { item: string; rater: string; value: number }[] {
  const records = parse(readFileSync(convabuse), { columns: true }) as Record<string, string>[]
  const places = new Map<string, number>()
  return records.flatMap((record) => {
    const exchange = JSON.stringify(['conv_id', 'prev_agent', 'prev_user', 'agent', 'user'].map((name) => record[name]))
    const place = places.get(exchange) ?? places.size
    places.set(exchange, place)
    const value = [1, 0, -1, -2, -3].find((severity) => record[`is_abuse.${severity}`] === '1')
    return value === undefined || place % 8 !== 0 ? [] : [{ item: `exchange-${place}`, rater: record['annotator_id'] ?? '', value }]
  })
}
