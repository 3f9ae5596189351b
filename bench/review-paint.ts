// `node --conditions=source bench/review-paint.ts`: how soon a reviewer sees what a key did, in a real browser with a queue of 10,000 items: from the
// key that submits until the next item is painted, and from the key that marks until the mark is painted in a text of 20,000 characters.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type RubricInput } from '@plaudit/sdk'
import type { CDPSession, Page } from 'playwright-core'
import { buildWeb, launchBrowser } from '../e2e/support/browser.ts'
import { sendGenerations } from '../e2e/support/send-generations.ts'
import { percentile } from './percentile.ts'
import { secretKey, startBenchServer } from './server.ts'

const ITEMS = Number(process.env['ITEMS'] ?? 10_000)
const ROUNDS = 60
const sentence = 'The tenant pays 1,200 a month, 👍 and may leave at the end of any month that the parties agree on. '

buildWeb()
const dataDir = mkdtempSync(join(tmpdir(), 'plaudit-paint-'))
const server = await startBenchServer(dataDir)
const program = createClient({ baseUrl: server.url, key: secretKey })
const browser = await launchBrowser()
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
try {
  console.error(`filling a queue with ${ITEMS} items …`)
  const replies = await sendGenerations(
    program,
    Array.from({ length: ITEMS }, (_, index) => ({
      input: `Question ${index}`,
      output: `## Answer ${index}\n\n${sentence.repeat(20)}\n\n- **One** thing\n- Another\n\n| Month | Rent |\n|---|---|\n| May | 1,200 |`,
    })),
  )
  const rate = await newQueue(
    [
      { type: 'ordinal', key: 'helpful', title: 'Helpful', points: [1, 2, 3, 4, 5].map((value) => ({ value, label: `Point ${value}` })) },
      { type: 'binary', key: 'polite', title: 'Polite' },
    ],
    replies,
  )
  const [long] = await sendGenerations(program, [{ input: 'Summarise it.', output: sentence.repeat(300).slice(0, 20_000) }])
  const mark = await newQueue(
    [{ type: 'mark', key: 'errors', title: 'Errors', types: [{ value: 'inaccurate', label: 'Inaccurate' }] }],
    [long!],
  )

  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  await signIn()
  await page.goto(`${server.url}/p/bench/review/${rate}`)
  await page.getByText('of 3 in hand').waitFor()
  console.error('submitting …')
  const submits: Painted[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.getByText('1 of 3 in hand').waitFor()
    await page.keyboard.type('31')
    submits.push(await measured(devtools, () => untilPainted(page, 'Control+Enter', 'section[aria-label="Input"]')))
  }
  report(`from submit to the next item, ${ITEMS} items`, submits, '< 100 ms')
  await page.goto(`${server.url}/p/bench/review/${mark}`)
  await page.getByRole('form', { name: 'Judgment' }).waitFor()
  await page.keyboard.press('m')
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'textbox')
  const marks: Painted[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight')
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('Shift+ArrowRight')
    marks.push(await measured(devtools, () => untilPainted(page, '1', 'ol[aria-label="Marks"]')))
    await page.keyboard.press('ArrowRight')
  }
  report(`from the key to the mark, 20,000 characters, 1 to ${ROUNDS} marks`, marks, '< 50 ms')
} finally {
  await browser.close()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

async function newQueue(criteria: RubricInput['criteria'], targets: readonly { traceId: string; spanId: string }[]): Promise<string> {
  const rubric = await program.rubrics.create({ name: 'Bench', criteria })
  const queue = await program.queues.create({ name: 'Bench', itemKind: 'span', rubricId: rubric.id })
  for (let first = 0; first < targets.length; first += 1_000)
    await program.queues.fill(queue.id, {
      items: targets.slice(first, first + 1_000).map((one) => ({ target: { kind: 'span', ...one } as never })),
    })
  return queue.id
}

async function signIn(): Promise<void> {
  await page.goto(server.url)
  await page.getByLabel('E-mail').fill('bench@example.com')
  await page.getByLabel('Password').fill('correct horse battery')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/p\/bench/)
}

/** Milliseconds on the clock, and of them processor time of the page's main thread, which a busy machine does not stretch. */
type Painted = { ms: number; cpuMs: number }

async function measured(devtools: CDPSession, run: () => Promise<number>): Promise<Painted> {
  const cpuMs = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
  }
  const before = await cpuMs()
  const ms = await run()
  return { ms, cpuMs: (await cpuMs()) - before }
}

type Watched = typeof globalThis & { painted?: Promise<number> }

/** Milliseconds from a key until the browser has painted what it changed in an element: the frame after the change has been handed over. */
async function untilPainted(on: Page, key: string, selector: string): Promise<number> {
  await on.evaluate(
    ({ selector: where, last }) => {
      const textOf = () => document.querySelector(where)?.textContent ?? ''
      const before = textOf()
      const watch = (pressedAt: number, resolve: (ms: number) => void) =>
        requestAnimationFrame(() => {
          if (textOf() === before) {
            watch(pressedAt, resolve)
            return
          }
          const { port1, port2 } = new MessageChannel()
          port1.addEventListener('message', () => resolve(performance.now() - pressedAt))
          port1.start()
          port2.postMessage(null)
        })
      ;(globalThis as Watched).painted = new Promise((resolve) => {
        const onKey = (event: KeyboardEvent) => {
          if (event.key !== last) return
          document.removeEventListener('keydown', onKey, true)
          watch(event.timeStamp, resolve)
        }
        document.addEventListener('keydown', onKey, true)
      })
    },
    { selector, last: key.split('+').at(-1) ?? key },
  )
  await on.keyboard.press(key)
  return on.evaluate(() => (globalThis as Watched).painted ?? Number.NaN)
}

function report(what: string, painted: readonly Painted[], goal: string): void {
  const times = painted.map(({ ms }) => ms)
  const cpu = painted.map(({ cpuMs }) => cpuMs)
  const figures = [percentile(times, 0.5), percentile(times, 0.95), percentile(cpu, 0.5), percentile(cpu, 0.95)].map((ms) => ms.toFixed(0))
  console.log(
    `${what}: median ${figures[0]} ms, p95 ${figures[1]} ms (goal ${goal}); processor time median ${figures[2]} ms, p95 ${figures[3]} ms`,
  )
}
