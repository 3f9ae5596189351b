import type { Feedback } from '@plaudit/sdk'
import { afterAll, describe, expect, it } from 'vitest'
import { sidewaysScroll, violationsInBothThemes } from './support/browser.ts'
import { answers, emojiAnswer, emojiTraceId, first, retriever, root, second, traceId } from './support/judged-trace.ts'
import { openTraces } from './support/open-traces.ts'

const { api, close, faults, open, page } = await openTraces()
afterAll(close)

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const saved = () => page.getByText(/^Saved \d\d:\d\d/).waitFor()
const given = async (criterion: string): Promise<Feedback | undefined> =>
  (await api.feedback.list({ criterion, authorKind: 'human' })).items.find(({ author }) => author.id !== 'customer')
/** Waits until the server has a judgment of the signed-in person on a criterion. */
async function eventually(criterion: string): Promise<Feedback> {
  await expect.poll(() => given(criterion), { timeout: 8_000 }).toBeDefined()
  return (await given(criterion))!
}
/** The same of a form, which the page closes a moment after the server has it: until then keys are the form's. */
async function submitted(criterion: string): Promise<Feedback> {
  const judgment = await eventually(criterion)
  await page.getByRole('group', { name: 'More kinds of feedback' }).locator('[aria-pressed=true]').waitFor({ state: 'hidden' })
  return judgment
}

describe('a trace', () => {
  it('shows its spans as a tree that the keyboard walks, and the address follows', async () => {
    await open(`/traces/${traceId}`)
    await page.getByRole('tree').focus()
    await page.keyboard.press('Home')
    await expect.poll(() => page.url()).toContain(`span=${root}`)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => page.url()).toContain(`span=${retriever}`)
    await page.getByText('kb/hours').waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await sidewaysScroll(page, 320)).toBe(0)
  })

  it('shows what a model said as the model’s, with its uncertainty', async () => {
    await open(`/traces/${traceId}?span=${first}`)
    await page.getByText('model reward-1').first().waitFor()
    await page.getByText('± 0.21').first().waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
  })

  it('takes thumbs and ratings by one key each, with undo', async () => {
    await open(`/traces/${traceId}?span=${first}`)
    await page.getByRole('group', { name: 'Rating of tone' }).waitFor()
    await page.keyboard.press('y')
    expect((await eventually('helpful')).value).toBe('up')
    await page.keyboard.press('n')
    await expect.poll(async () => (await given('helpful'))?.value).toBe('down')
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await given('helpful'))?.value).toBe('up')
    await page.keyboard.press('4')
    expect((await eventually('tone')).value).toBe(4)
  })

  it('takes a label, labels, a flag with reasons and a comment', async () => {
    await page.keyboard.press('l')
    await page.keyboard.press('2')
    await page.keyboard.press('Control+Enter')
    expect((await submitted('category')).value).toBe('partly correct')
    await page.keyboard.press('Shift+L')
    await page.keyboard.press('1')
    await page.keyboard.press('3')
    await page.keyboard.press('Control+Enter')
    expect((await submitted('topics')).value).toEqual(['inaccurate', 'too long'])
    await page.keyboard.press('f')
    await page.keyboard.press('1')
    await page.getByLabel('Why (optional)').fill('It closes at six on Fridays.')
    await page.keyboard.press('Control+Enter')
    expect(await submitted('problem')).toMatchObject({ value: { reasons: ['inaccurate'] }, rationale: 'It closes at six on Fridays.' })
    await page.keyboard.press('w')
    await page.getByLabel('Comment', { exact: true }).fill('שלום, nearly right 👍🏽')
    await page.keyboard.press('Control+Enter')
    expect((await submitted('comment')).value).toBe('שלום, nearly right 👍🏽')
    await saved()
  })

  it('whoever goes on to another form while one is saved stays there, and the buttons stay in their place', async () => {
    await open(`/traces/${traceId}?span=${second}`)
    await page.getByRole('group', { name: 'Rating of tone' }).waitFor()
    const kind = (name: RegExp) => page.getByRole('group', { name: 'More kinds of feedback' }).getByRole('button', { name })
    const place = await kind(/^Flag/).boundingBox()
    let release = () => undefined as void
    const isReleased = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/api/v1/feedback?*', async (route) => {
      await isReleased
      await route.continue()
    })
    await page.keyboard.press('l')
    await page.keyboard.press('1')
    await page.keyboard.press('Control+Enter')
    await kind(/^Flag/).click()
    const flag = page.getByRole('button', { name: /^Flag it/ })
    await flag.waitFor()
    expect(await kind(/^Flag/).boundingBox()).toEqual(place)
    release()
    await saved()
    await page.waitForTimeout(200)
    expect(await flag.count()).toBe(1)
    expect(await kind(/^Flag/).getAttribute('aria-pressed')).toBe('true')
    await page.unroute('**/api/v1/feedback?*')
    await button('Close').click()
    expect(await kind(/^Flag/).boundingBox()).toEqual(place)
    await open(`/traces/${traceId}?span=${first}`)
    await page.getByRole('group', { name: 'Rating of tone' }).waitFor()
  })

  it('takes a correction with every change in view, and a failure keeps the draft', async () => {
    await page.keyboard.press('c')
    const editor = page.getByLabel('What the output should have been')
    expect(await editor.inputValue()).toBe(answers[0])
    await editor.fill('It is **open** from nine to six.')
    await page.getByText('1 word added, 1 word removed').waitFor()
    await page.route('**/api/v1/feedback?*', (route) => route.abort())
    await page.keyboard.press('Control+Enter')
    await page.getByText(/^Not saved/).waitFor()
    expect(await editor.inputValue()).toBe('It is **open** from nine to six.')
    await page.unroute('**/api/v1/feedback?*')
    await page.reload()
    await page.getByRole('group', { name: 'Rating of tone' }).waitFor()
    await page.keyboard.press('c')
    expect(await editor.inputValue()).toBe('It is **open** from nine to six.')
    await page.keyboard.press('Control+Enter')
    expect((await submitted('correction')).value).toEqual({ text: 'It is **open** from nine to six.' })
  })

  it('takes a comparison and a ranking of its outputs, whichever side they were shown on', async () => {
    await page.getByRole('group', { name: 'Rating of tone' }).waitFor()
    await page.keyboard.press('v')
    const left = await page.getByRole('region', { name: 'Left' }).innerText()
    await page.keyboard.press(left.includes('closed') ? 'b' : 'a')
    await page.keyboard.press('6')
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    const comparison = await submitted('preference')
    expect(comparison).toMatchObject({
      value: { outcome: 'left', strength: 6 },
      target: { outputs: [{ spanId: first }, { spanId: second }] },
    })
    expect(comparison.presentation).toHaveProperty('order')

    await page.getByRole('group', { name: 'Rating of tone' }).waitFor()
    await page.keyboard.press('Shift+V')
    const isFirstShownFirst = !(await page.getByRole('region', { name: 'Output 1' }).innerText()).includes('closed')
    await button(isFirstShownFirst ? 'Output 1 is number 2' : 'Output 2 is number 2').click()
    await button(isFirstShownFirst ? 'Output 2 is number 1' : 'Output 1 is number 1').click()
    await page.keyboard.press('Control+Enter')
    // Ranks that repeat the order shown are asked about once.
    if (!isFirstShownFirst) await page.keyboard.press('Control+Enter')
    expect((await submitted('ranking')).value).toEqual({ ranks: [2, 1] })
  })

  it('takes feedback on the whole trace and on a retrieved document', async () => {
    await page.getByRole('group', { name: 'What the feedback is about' }).getByText('Trace').click()
    await page.keyboard.press('3')
    await expect
      .poll(async () =>
        (await api.feedback.list({ criterion: 'tone' })).items.some((one) => one.target.kind === 'trace' && one.value === 3),
      )
      .toBe(true)
    await open(`/traces/${traceId}?span=${retriever}`)
    await button('Not relevant').click()
    expect(await eventually('relevant')).toMatchObject({ value: 'down', target: { kind: 'document', index: 0 } })
  })

  it('shows everything again after a reload, and deletes with undo', async () => {
    await open(`/traces/${traceId}?span=${first}`)
    const panel = page.getByRole('region', { name: 'Feedback' })
    for (const text of ['helpful', 'category', 'topics', 'problem', 'comment', 'correction', 'preference', 'ranking', 'partly correct'])
      await panel.getByText(text, { exact: true }).first().waitFor()
    await button('Delete comment').click()
    await expect.poll(() => button('Delete comment').count()).toBe(0)
    await button('Undo').last().click()
    await button('Delete comment').waitFor()
    expect(await given('comment')).toBeDefined()
    await button('Delete comment').click()
    // Leaving the page ends the time for undo.
    await page.getByRole('link', { name: 'Sessions' }).click()
    await expect.poll(() => given('comment')).toBeUndefined()
  })
})

describe('marks', () => {
  /** The text that a mark's code points cut out. */
  const cut = ({ start, end }: { start: number; end: number }) => Array.from(emojiAnswer).slice(start, end).join('')
  type StoredMark = { type: string; start: number; end: number; quote: string; before: string; after: string; severity?: string }

  it('made by keyboard and by mouse land on the right code points, emoji, accents and Hebrew included', async () => {
    await open(`/traces/${emojiTraceId}`)
    await page.getByRole('group', { name: 'Rating of tone' }).waitFor()
    await page.keyboard.press('m')
    const text = page.getByRole('textbox', { name: /^Output to mark/ })
    await text.waitFor()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('1')
    await drag('The cafe\u0301', 5)
    await page.keyboard.press('3')
    await drag('לכולם', 5)
    await page.keyboard.press('2')
    await caretAfter('nine')
    await page.keyboard.press('2')
    await page.getByLabel('Severity of mark 1').selectOption('major')
    expect(await violationsInBothThemes(page)).toEqual([])
    await button(/^Save 4 marks/).click()

    const marks = (await eventually('marks')).value as StoredMark[]
    expect(marks.map(({ type, quote }) => [type, quote])).toEqual([
      ['inaccurate', '👍🏽'],
      ['misleading', 'cafe\u0301'],
      ['incomplete', ''],
      ['incomplete', 'לכולם'],
    ])
    for (const mark of marks) expect(cut(mark)).toBe(mark.quote)
    expect(marks[2]?.before.endsWith('nine')).toBe(true)
    expect(marks[0]?.severity).toBe('major')
    expect(await text.count()).toBe(0)
    await page.reload()
    await page.getByRole('region', { name: 'Feedback' }).getByText('cafe\u0301').first().waitFor()
  })

  it('never type into the text, and go on from what was saved', async () => {
    await page.keyboard.press('m')
    const text = page.getByRole('textbox', { name: /^Output to mark/ })
    await page.getByRole('list', { name: 'Marks' }).waitFor()
    await text.focus()
    await page.keyboard.type('xyz')
    expect(await text.innerText()).toBe(emojiAnswer)
    await page.keyboard.press(']')
    await page.keyboard.press('Delete')
    await button(/^Save 3 marks/).waitFor()
    await page.keyboard.press('Control+z')
    await button(/^Save 4 marks/).waitFor()
  })

  /** Where an offset of the text to mark lies on the screen. */
  const place = (offset: number) =>
    page.evaluate((at) => {
      const node = document.querySelector('[role=textbox][aria-readonly]')?.firstChild
      if (!node) throw new Error('There is no text to mark.')
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + 1)
      const box = range.getBoundingClientRect()
      return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
    }, offset)

  /** Drags over a part of a word in the text, `length` UTF-16 units before the end of `until`. */
  async function drag(until: string, length: number): Promise<void> {
    const end = emojiAnswer.indexOf(until) + until.length
    const [from, to] = [await place(end - length + 1), await place(end - 2)]
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(to.x, to.y, { steps: 4 })
    await page.mouse.up()
  }

  async function caretAfter(word: string): Promise<void> {
    await page.evaluate(
      (offset) => {
        const element = document.querySelector<HTMLElement>('[role=textbox][aria-readonly]')
        element?.focus()
        if (element?.firstChild) document.getSelection()?.collapse(element.firstChild, offset)
      },
      emojiAnswer.indexOf(word) + word.length,
    )
    await page.waitForTimeout(50)
  }
})

it('no page threw or logged an error', () => {
  expect(faults).toEqual([])
})
