import type { DimensionReport } from '@plaudit/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleFeedback, spanIdOf, traceIdOf } from '../test-support/sample-span.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

let server: TestApp
let projectId: string
let call: ReturnType<TestApp['withKey']>

beforeAll(async () => {
  server = await openTestApp('dimensions')
  const { project, key } = await setUpProject(server)
  projectId = project.id
  call = server.withKey(key.secretKey)
})
afterAll(() => server.close())

const onSpan = (n: number) => ({ target: { kind: 'span' as const, traceId: traceIdOf(n), spanId: spanIdOf(1) } })
async function dimensions(): Promise<DimensionReport> {
  const { status, body } = await call('GET', '/api/v1/quality/dimensions')
  expect(body['detail']).toBeUndefined()
  expect(status).toBe(200)
  return body as unknown as DimensionReport
}

test('without comments there is nothing to say', async () => {
  expect(await dimensions()).toMatchObject({ comments: 0, themes: [], sentence: 'Nobody has said anything in their own words yet.' })
})

test('complaints that no criterion marks down are named as a missing dimension; those that one does are not', async () => {
  const slow = [
    'Waited far too long.',
    'It took too long to load.',
    'Slow: waited a minute.',
    'So slow, took too long.',
    'Slow to load, waited.',
  ]
  const cold = ['Sounds cold and curt.', 'Curt, no empathy.', 'Cold reply, no empathy.', 'Rude and curt reply.', 'No empathy, rude.']
  const by = (id: string) => ({ author: { kind: 'human' as const, id, role: 'reviewer' as const } })
  await server.context.events.appendFeedback(projectId, [
    // Rated well on tone and accuracy, and yet complained about, by users and reviewers.
    ...slow.flatMap((text, n) => [
      sampleFeedback({ ...onSpan(n), ...by('ann'), criterion: 'tone', value: 5 }),
      sampleFeedback({ ...onSpan(n), ...by('ann'), criterion: 'accuracy', value: 4 }),
      sampleFeedback({
        ...onSpan(n),
        author: { kind: 'human', id: `u${n}`, role: 'end_user' },
        criterion: 'comment',
        kind: 'text',
        value: text,
      }),
      sampleFeedback({ ...onSpan(20 + n), ...by('bob'), criterion: 'accuracy', value: 5, rationale: text }),
    ]),
    // Marked down on tone: the criterion says so already.
    ...cold.flatMap((text, n) => [
      sampleFeedback({ ...onSpan(40 + n), ...by('ann'), criterion: 'tone', value: 1, rationale: text }),
      sampleFeedback({ ...onSpan(40 + n), ...by('ann'), criterion: 'accuracy', value: 1 }),
    ]),
  ])
  const { themes, sentence, comments } = await dimensions()
  expect(comments).toBe(15)
  const missing = themes.filter(({ isMissing }) => isMissing)
  expect(missing.length).toBeGreaterThan(0)
  for (const theme of missing) expect(theme.terms.join(' ')).toMatch(/slow|long|waited|load/)
  for (const theme of themes.filter(({ terms }) => /cold|curt|empathy/.test(terms.join(' '))))
    expect(theme).toMatchObject({ isMissing: false, unexplained: 0, unexplainedShare: { estimate: 0 } })
  expect(sentence).toMatch(/the rubric may lack a question/)
  expect(missing[0]?.examples.every(({ text }) => slow.includes(text))).toBe(true)
})
