import type { RubricInput } from '@plaudit/sdk'
import { afterAll, describe, expect, it } from 'vitest'
import { sidewaysScroll, violationsInBothThemes, violationsOf } from './support/browser.ts'
import { helpful, openDesk, pair, patient, span } from './support/open-desk.ts'

const { browser, delivered, faults, newQueue, open, owner, page, sent, server, close } = await openDesk()
afterAll(close)

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
