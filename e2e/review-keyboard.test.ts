import type { RubricInput } from '@plaudit/sdk'
import { afterAll, describe, expect, it } from 'vitest'
import { violationsInBothThemes, violationsOf } from './support/browser.ts'
import { helpful, openDesk, pair, patient, span, summary } from './support/open-desk.ts'

const { delivered, faults, newQueue, open, owner, page, program, sent, server, close } = await openDesk()
afterAll(close)

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

it('no page threw or logged an error', () => {
  expect(faults).toEqual([])
})
