import type { BiasReport, MyFigures, ReviewerReport, SessionInfo } from '@plaudit/protocol'
import { seededRandom } from '@plaudit/stats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleFeedback, sampleSpan, spanIdOf, traceIdOf } from '../test-support/sample-span.ts'
import { type Browser, openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

let server: TestApp
let projectId: string
let owner: Browser
let call: ReturnType<TestApp['withKey']>

beforeAll(async () => {
  server = await openTestApp('reviewers')
  const { project, key, browser } = await setUpProject(server)
  projectId = project.id
  owner = browser
  call = server.withKey(key.secretKey)
})
afterAll(() => server.close())

const by = (id: string) => ({ author: { kind: 'human' as const, id, role: 'reviewer' as const } })
const onSpan = (n: number) => ({ target: { kind: 'span' as const, traceId: traceIdOf(n), spanId: spanIdOf(1) } })

/** Somebody of a role, signed in, and their id. */
async function member(email: string, role: string): Promise<{ browser: Browser; id: string }> {
  const added = await owner.call('POST', `/api/v1/projects/${projectId}/members`, { email, role })
  const browser = server.browser()
  const oneTimePassword = added.body['oneTimePassword'] as string
  await browser.call('POST', '/api/v1/session/sign-in', { email, password: oneTimePassword })
  const { body } = await browser.call('POST', '/api/v1/session/password', { current: oneTimePassword, next: 'correct horse battery' })
  return { browser, id: (body as unknown as SessionInfo).person?.id ?? '' }
}

describe('reviewers', () => {
  test('are named to leads alone; a reviewer sees only themself, a key nobody as itself', async () => {
    const [reviewer, engineer, lead] = [
      await member('rita@example.com', 'reviewer'),
      await member('eve@example.com', 'engineer'),
      await member('leo@example.com', 'lead'),
    ]
    await server.context.events.appendFeedback(
      projectId,
      [1, 2, 3].flatMap((n) => [
        sampleFeedback({ ...onSpan(n), ...by(reviewer.id), criterion: 'own', value: n }),
        sampleFeedback({ ...onSpan(n), ...by('somebody-else'), criterion: 'own', value: n }),
      ]),
    )
    const path = `/api/v1/quality/reviewers?project=${projectId}`
    expect((await reviewer.browser.call('GET', path)).status).toBe(403)
    expect((await engineer.browser.call('GET', path)).status).toBe(403)
    expect((await lead.browser.call('GET', path)).status).toBe(200)
    expect((await owner.call('GET', path)).status).toBe(200)
    expect((await reviewer.browser.call('GET', `/api/v1/quality/agreement?project=${projectId}`)).status).toBe(403)
    expect((await call('GET', '/api/v1/quality/reviewers/me')).status).toBe(403)
    expect((await server.request('GET', '/api/v1/quality/reviewers/me')).status).toBe(401)

    const { status, body } = await reviewer.browser.call('GET', `/api/v1/quality/reviewers/me?project=${projectId}`)
    expect(status).toBe(200)
    expect((body as unknown as MyFigures).me).toMatchObject({ reviewerId: reviewer.id, judgments: 3, sharedItems: 3 })
    expect(JSON.stringify(body)).not.toContain('somebody-else')
    const own = await lead.browser.call('GET', `/api/v1/quality/reviewers/me?project=${projectId}`)
    expect((own.body as unknown as MyFigures).me).toBeNull()
  })

  test('who are lenient, noisy, drawn to the first side or to long outputs, are found with intervals', async () => {
    const random = seededRandom(3)
    const rating = (id: string, n: number, level: number, time: string) =>
      sampleFeedback({ ...onSpan(1_000 + n), ...by(id), criterion: 'help', value: Math.min(5, Math.max(1, Math.round(level))), time })
    const ratings = Array.from({ length: 120 }, (_, n) => {
      const quality = 2 + 2 * random.next()
      const time = new Date(Date.UTC(2026, 3, 1) + n * 6 * 3_600_000).toISOString()
      return [
        rating('sound', n, quality + 0.3 * random.normal(), time),
        rating('fair', n, quality + 0.3 * random.normal(), time),
        rating('lenient', n, quality + 1 + 0.3 * random.normal(), time),
        rating('noisy', n, quality + 1.6 * random.normal(), time),
      ]
    }).flat()
    await server.context.events.appendSpans(
      projectId,
      ['a', 'b'].flatMap((version, v) =>
        Array.from({ length: 80 }, (_, n) =>
          sampleSpan(2_000 + n, v + 1, {
            promptName: 'p',
            promptVersion: version,
            model: 'm',
            output: [{ role: 'assistant', parts: [{ type: 'text', content: 'word '.repeat(10 + 60 * random.next()) }] }],
          }),
        ),
      ),
    )
    const comparisons = Array.from({ length: 80 }, (_, n) => {
      const target = { kind: 'comparison' as const, outputs: [1, 2].map((v) => ({ traceId: traceIdOf(2_000 + n), spanId: spanIdOf(v) })) }
      const turned = random.next() < 0.5
      const side = (first: boolean) => ({ outcome: first !== turned ? 'left' : 'right' })
      const given = (id: string, value: object) =>
        sampleFeedback({
          target,
          ...by(id),
          criterion: 'better',
          kind: 'comparison',
          value,
          presentation: { order: turned ? [1, 0] : [0, 1] },
        })
      return [given('firster', side(random.next() < 0.85)), given('sound', side(random.next() < 0.5))]
    }).flat()
    await server.context.events.appendFeedback(projectId, [...ratings, ...comparisons])

    const { body } = await call('GET', '/api/v1/quality/reviewers')
    const report = body as unknown as ReviewerReport
    const found = (id: string) => report.reviewers.find(({ reviewerId }) => reviewerId === id)!
    const kinds = (id: string) => found(id).flags.map(({ kind }) => kind)
    expect(kinds('lenient')).toContain('lenient')
    expect(found('lenient').leniency.low).toBeGreaterThan(0.1)
    expect(found('lenient').leniencyByCriterion.find(({ criterion }) => criterion === 'help')?.leniency.estimate).toBeGreaterThan(0.7)
    expect(kinds('sound')).not.toContain('lenient')
    expect(found('noisy').agreement.high).toBeLessThan(found('fair').agreement.estimate!)
    expect(kinds('fair')).not.toContain('disagrees')
    expect(kinds('firster')).toContain('first_side')
    expect(found('firster').position.low).toBeGreaterThan(0)
    expect(found('sound').position.low).toBeLessThan(found('firster').position.low!)
    expect(found('sound').weeks.length).toBeGreaterThan(3)
    expect(report.sentence).toMatch(/stand out beyond chance/)
    // Nobody knows a reviewer by another queue's figures: the selection holds here as well.
    const part = await call('GET', '/api/v1/quality/reviewers?criterion=own')
    expect((part.body as unknown as ReviewerReport).reviewers).toHaveLength(2)
  })
})

describe('bias', () => {
  test('is told for the project without naming anybody, and what was looked for is listed', async () => {
    const { status, body } = await call('GET', '/api/v1/quality/bias')
    expect(body['detail']).toBeUndefined()
    expect(status).toBe(200)
    const report = body as unknown as BiasReport
    const verdict = (kind: string) => report.findings.find((one) => one.kind === kind)?.verdict
    expect(verdict('position')).toBe('found')
    expect(verdict('severity')).toBe('found')
    expect(verdict('anchoring')).toBe('unknown')
    expect(verdict('self_selection')).toBe('unknown')
    expect(report.sentence).toMatch(/^Judgments lean by position.*severity/)
    for (const name of ['lenient', 'firster', 'noisy']) expect(JSON.stringify(report)).not.toContain(`"${name}"`)
  })

  test('finds reviewers who follow a label that they are shown, users who pick what they judge, and questions that nobody answers', async () => {
    const options = ['keep', 'remove', 'escalate'].map((value) => ({ value, label: value }))
    const rubric = {
      name: 'Posts',
      criteria: [
        { type: 'binary', key: 'never_asked', title: 'Never asked' },
        { type: 'categorical', key: 'decision', title: 'What should happen?', options },
      ],
    }
    expect((await call('POST', '/api/v1/rubrics', rubric)).status).toBe(201)
    const judged = Array.from({ length: 60 }, (_, k) => 5_000 + k).flatMap((n, k) => {
      const shown = k % 2 === 0
      const presentation = { presentation: { prelabelsShown: shown, activeMs: 9_000 } }
      const users =
        k < 30
          ? [
              sampleFeedback({
                ...onSpan(n),
                author: { kind: 'human', id: `u${n}`, role: 'end_user' },
                criterion: 'thumb',
                kind: 'thumbs',
                value: 'up',
              }),
            ]
          : []
      return [
        sampleFeedback({
          ...onSpan(n),
          author: { kind: 'model', id: 'judge', role: null },
          criterion: 'decision',
          kind: 'label',
          value: 'keep',
        }),
        sampleFeedback({
          ...onSpan(n),
          ...by('ann'),
          criterion: 'decision',
          kind: 'label',
          value: shown || k % 3 === 0 ? 'keep' : 'remove',
          ...presentation,
        }),
        sampleFeedback({ ...onSpan(n), ...by('ann'), criterion: 'worth', value: k < 30 ? 4 + (k % 2) : 1 + (k % 3) }),
        ...users,
      ]
    })
    await server.context.events.appendFeedback(projectId, judged)
    const report = (await call('GET', '/api/v1/quality/bias')).body as unknown as BiasReport
    const found = (kind: string) => report.findings.find((one) => one.kind === kind)
    expect(found('anchoring')).toMatchObject({ verdict: 'found' })
    expect(found('anchoring')?.estimate.estimate).toBeGreaterThan(0.5)
    expect(found('self_selection')).toMatchObject({ verdict: 'found', sentence: expect.stringMatching(/on better outputs/) as string })
    expect(report.unused).toEqual([
      { rubric: 'Posts', criterion: 'never_asked', values: [], judgments: 0 },
      { rubric: 'Posts', criterion: 'decision', values: ['escalate'], judgments: 60 },
    ])
  })
})

describe('sittings', () => {
  const MINUTE = 60_000

  test('of a reviewer who tires lose agreement stretch by stretch; those of one who does not keep it', async () => {
    const random = seededRandom(11)
    // Ten sittings of two hours each, a judgment every three minutes; Tim is right less and less, Fay as often at the end as at the start.
    const judged = Array.from({ length: 10 }, (_, day) =>
      Array.from({ length: 40 }, (_k, k) => {
        const truth = random.next() < 0.5 ? 'yes' : 'no'
        const other = truth === 'yes' ? 'no' : 'yes'
        const given = (id: string, right: number) =>
          sampleFeedback({
            ...onSpan(8_000 + 100 * day + k),
            ...by(id),
            criterion: 'grounded',
            kind: 'label',
            value: random.next() < right ? truth : other,
            time: new Date(Date.UTC(2026, 4, 1 + day, 9) + k * 3 * MINUTE).toISOString(),
          })
        return [given('tim', 0.98 - k / 60), given('fay', 0.9), given('eva', 0.97)]
      }).flat(),
    ).flat()
    await server.context.events.appendFeedback(projectId, judged)
    const { body } = await call('GET', '/api/v1/quality/reviewers?criterion=grounded')
    const { reviewers } = body as unknown as ReviewerReport
    const found = (id: string) => reviewers.find(({ reviewerId }) => reviewerId === id)!
    const [tim, fay] = [found('tim'), found('fay')]

    expect(tim.sitting.map(({ fromMinutes, toMinutes }) => [fromMinutes, toMinutes])).toEqual(
      Array.from({ length: 8 }, (_, at) => [15 * at, 15 * (at + 1)]),
    )
    // Five judgments in each stretch of ten sittings.
    for (const { agreement } of [...tim.sitting, ...fay.sitting]) {
      expect(agreement).toMatchObject({ n: 50, clusters: 10, reason: null })
      expect(agreement.low).toBeGreaterThanOrEqual(0)
      expect(agreement.high).toBeLessThanOrEqual(1)
    }
    const [first, last] = [tim.sitting[0]!.agreement, tim.sitting[7]!.agreement]
    expect(first.low).toBeGreaterThan(last.high!)
    expect(tim.fatigue.high).toBeLessThan(0)
    expect(tim.flags.map(({ kind }) => kind)).toContain('tires')
    // Of Fay, who judges with Tim, half of the others' errors are his: she loses a little, but nothing like him.
    expect(fay.sitting[0]!.agreement.estimate! - fay.sitting[7]!.agreement.estimate!).toBeLessThan(
      (first.estimate! - last.estimate!) * 0.75,
    )
  })

  test('of a single sitting have no interval, and say so', async () => {
    const at = (n: number, id: string) =>
      sampleFeedback({ ...onSpan(9_500 + n), ...by(id), criterion: 'short', time: new Date(Date.UTC(2026, 4, 1, 9, 10 * n)).toISOString() })
    await server.context.events.appendFeedback(
      projectId,
      [0, 1, 2].flatMap((n) => [at(n, 'tim'), at(n, 'fay')]),
    )
    const { body } = await call('GET', '/api/v1/quality/reviewers?criterion=short')
    const { sitting } = (body as unknown as ReviewerReport).reviewers[0]!
    expect(sitting).toMatchObject([
      { fromMinutes: 0, agreement: { estimate: 1, low: null, n: 2, clusters: 1, reason: expect.stringContaining('too little') as string } },
      { fromMinutes: 15, agreement: { n: 1 } },
    ])
  })
})

describe('items judged twice by the same reviewer', () => {
  test('tell who agrees with themself, by criterion with alpha; a judgment that superseded another is none', async () => {
    const random = seededRandom(18)
    const level = () => 1 + Math.floor(5 * random.next())
    const given = (id: string, n: number, queue: string, value: number, time: string) =>
      sampleFeedback({ ...onSpan(11_000 + n), ...by(id), criterion: 'again', identifier: `queue:${queue}`, value, time })
    const judged = Array.from({ length: 60 }, (_, n) => n).flatMap((n) => {
      const truth = level()
      const near = random.next() < 0.8 ? truth : Math.min(5, truth + 1)
      return [
        given('steady', n, 'one', truth, '2026-05-01T09:00:00.000Z'),
        given('steady', n, 'two', near, '2026-05-08T09:00:00.000Z'),
        given('random', n, 'one', level(), '2026-05-01T09:00:00.000Z'),
        given('random', n, 'two', level(), '2026-05-08T09:00:00.000Z'),
        // Judged once, and changed in the same queue.
        given('changer', n, 'one', 1, '2026-05-01T09:00:00.000Z'),
        given('changer', n, 'one', 5, '2026-05-08T09:00:00.000Z'),
      ]
    })
    await server.context.events.appendFeedback(projectId, judged)
    const { body } = await call('GET', '/api/v1/quality/reviewers?criterion=again')
    const { reviewers } = body as unknown as ReviewerReport
    const found = (id: string) => reviewers.find(({ reviewerId }) => reviewerId === id)!
    const [steady, random60, changer] = [found('steady'), found('random'), found('changer')]

    expect(steady.selfAgreement).toMatchObject({ n: 60, clusters: 60, reason: null })
    expect(steady.selfAgreement.low).toBeGreaterThan(random60.selfAgreement.high!)
    expect(steady.selfAgreementByCriterion).toMatchObject([{ criterion: 'again', kind: 'rating', alpha: { n: 60, reason: null } }])
    expect(steady.selfAgreementByCriterion[0]!.alpha.low).toBeGreaterThan(0.85)
    const noise = random60.selfAgreementByCriterion[0]!.alpha
    expect([Math.sign(noise.low!), Math.sign(noise.high!)]).toEqual([-1, 1])
    expect(changer).toMatchObject({
      selfAgreement: { estimate: null, n: 0, reason: 'No item was judged twice.' },
      selfAgreementByCriterion: [],
    })
    // The figures beside others still rest on the newest judgment of each.
    expect(steady.judgments).toBe(60)
  })
})
