// `node --conditions=source bench/review.ts`: how many judgments a second a server takes from people who work at once, over HTTP, each a submit
// that claims the next item, beside the same work done by the lease store alone on the same engine (its own limit) in the same run. See README.md.
import { createClient, type PlauditClient } from '@plaudit/sdk'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { connectPostgres, migratePostgres, openEmbeddedPostgres, type Postgres } from '../packages/server/src/db/postgres.ts'
import { leaseStore } from '../packages/server/src/queues/lease-store.ts'
import { queueStore } from '../packages/server/src/queues/store.ts'
import { postgresBin, startPostgres } from '../packages/server/src/test-support/start-postgres.ts'
import { encodeBody } from './encode.ts'
import { percentile } from './percentile.ts'
import { sampleTraces } from './sample.ts'
import { postgresCpuMs, secretKey, startBenchServer } from './server.ts'

const { values: flags } = parseArgs({
  options: {
    stores: { type: 'string', default: 'embedded,postgres' },
    items: { type: 'string', default: '2000' },
    reviewers: { type: 'string', default: '100' },
    overlap: { type: 'string', default: '3' },
  },
})
const [items, reviewers, overlap] = [Number(flags.items), Number(flags.reviewers), Number(flags.overlap)]
const agent = new Agent({ keepAlive: true, maxSockets: reviewers })

type Answer = { status: number; body: unknown; cookies: string[] }
/** One person's browser, without its costs: what is measured is the server. */
function browser(url: string) {
  let cookie = ''
  return function call(method: string, path: string, body?: object): Promise<Answer> {
    const text = body === undefined ? '' : JSON.stringify(body)
    const headers = { cookie, origin: url, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
    return new Promise((resolve, reject) => {
      const sent = request(`${url}${path}`, { method, agent, headers }, (response) => {
        let said = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (said += chunk))
        response.on('end', () => {
          const cookies = response.headers['set-cookie'] ?? []
          if (cookies.length > 0) cookie = cookies.map((one) => one.split(';')[0]).join('; ')
          resolve({ status: response.statusCode ?? 0, body: said === '' ? null : JSON.parse(said), cookies })
        })
      })
      sent.on('error', reject)
      sent.end(text)
    })
  }
}
type Call = ReturnType<typeof browser>

type Work = { lease: { id: string }; rubricVersion: number; available: boolean }
type Claimed = { work: Work | null }
async function answered(call: Call, path: string, body: object): Promise<unknown> {
  const answer = await call('POST', path, body)
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body
}

async function signIn(url: string, email: string, password: string): Promise<Call> {
  const call = browser(url)
  const answer = await call('POST', '/api/v1/session/sign-in', { email, password })
  if (answer.status !== 200) throw new Error(`${email}: ${JSON.stringify(answer.body)}`)
  return call
}

/** Everybody judges until nothing is left for them. */
async function measureServer(store: string, env: Record<string, string>): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plaudit-bench-review-'))
  const server = await startBenchServer(dataDir, env)
  try {
    const program = createClient({ baseUrl: server.url, key: secretKey })
    const { queueId, projectId } = await newQueue(server.url, program)
    const owner = await signIn(server.url, 'bench@example.com', 'correct horse battery')
    const people: Call[] = []
    for (let index = 0; index < reviewers; index += 1) {
      const email = `reviewer-${index}@example.com`
      const added = await owner('POST', `/api/v1/projects/${projectId}/members`, { email, role: 'reviewer' })
      const { oneTimePassword } = added.body as { oneTimePassword: string }
      const call = await signIn(server.url, email, oneTimePassword)
      const changed = await call('POST', '/api/v1/session/password', { current: oneTimePassword, next: `new ${oneTimePassword}` })
      if (changed.status !== 200) throw new Error(JSON.stringify(changed.body))
      people.push(call)
    }
    const submits: number[] = []
    const before = processorMs(server)
    const start = performance.now()
    await Promise.all(
      people.map(async (call) => {
        const path = (what: string) => `/api/v1/queues/${queueId}/${what}?project=${projectId}`
        const claim = async (): Promise<Work | null> => ((await answered(call, path('claim'), {})) as Claimed).work
        for (let work = await claim(); work !== null;) {
          if (!work.available) throw new Error('an item came without its content')
          const sent = performance.now()
          const judgment = {
            answers: { helpful: 3, solved: true },
            rubricVersion: work.rubricVersion,
            guidelineVersion: null,
            activeMs: 1_000,
          }
          const submission = { ...judgment, leaseId: work.lease.id, submissionId: randomUUID(), holding: [] }
          const { next } = (await answered(call, path('submit'), submission)) as { next: Claimed | null }
          submits.push(performance.now() - sent)
          work = next?.work ?? (await claim())
        }
      }),
    )
    const seconds = (performance.now() - start) / 1_000
    const { progress } = await program.queues.get(queueId)
    if (submits.length !== items * overlap || progress.done !== items || progress.judgments !== items * overlap)
      throw new Error(`not every item has its ${overlap} judgments: ${JSON.stringify(progress)} after ${submits.length}`)
    const after = processorMs(server)
    const each = Object.entries(after).map(([name, ms]) => `${((ms - (before[name] ?? 0)) / submits.length).toFixed(2)} ms ${name}`)
    const ms = (values: number[], share: number) => `${percentile(values, share).toFixed(0)} ms`
    console.error(
      `  ${store}: submitted with the next item in hand in p50 ${ms(submits, 0.5)}, p99 ${ms(submits, 0.99)}; ` +
        `processor time of both: ${each.join(', ')}`,
    )
    return submits.length / seconds
  } catch (error) {
    console.error(server.output().slice(-3_000))
    throw error
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Processor time so far, by process: they all share the machine. */
function processorMs(server: Awaited<ReturnType<typeof startBenchServer>>): Record<string, number> {
  const { server: own, engine } = server.cpuMs()
  const client = process.cpuUsage()
  return { server: own ?? 0, 'event store': engine, PostgreSQL: postgresCpuMs(), client: (client.user + client.system) / 1_000 }
}

/** A queue of generations with their traces. */
async function newQueue(url: string, program: PlauditClient): Promise<{ queueId: string; projectId: string }> {
  const traces = [...sampleTraces({ spans: items * 3, days: 1, endMs: Date.now() - 60_000, seed: 1 })]
  for (let from = 0; from < traces.length; from += 300) {
    const spans = traces.slice(from, from + 300).flatMap((trace) => trace.spans)
    const answer = await fetch(`${url}/v1/traces`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/x-protobuf' },
      body: encodeBody(spans, 'protobuf'),
    })
    if (!answer.ok) throw new Error(await answer.text())
  }
  const rubric = await program.rubrics.create({
    name: 'Bench',
    criteria: [
      { type: 'ordinal', key: 'helpful', title: 'Helpful', points: [1, 2, 3].map((value) => ({ value, label: String(value) })) },
      { type: 'binary', key: 'solved', title: 'Solved' },
    ],
  })
  const queue = await program.queues.create({ name: 'Bench', itemKind: 'span', rubricId: rubric.id, overlap })
  const { added } = await program.queues.fill(queue.id, { filter: {} })
  if (added !== items) throw new Error(`${added} of ${items} items were added`)
  const projectId = await projectOf(url)
  return { queueId: queue.id, projectId }
}

async function projectOf(url: string): Promise<string> {
  const call = await signIn(url, 'bench@example.com', 'correct horse battery')
  const answer = await call('GET', '/api/v1/session')
  return (answer.body as { projects: { id: string }[] }).projects[0]?.id ?? ''
}

/** The same claims and submits by the lease store alone: no HTTP, no sessions, no feedback. */
async function measureEngine(postgres: Postgres): Promise<number> {
  await migratePostgres(postgres)
  const [leases, queues] = [leaseStore(postgres.db), queueStore(postgres.db)]
  const [projectId, rubricId, queueId] = [randomUUID(), randomUUID(), randomUUID()]
  await postgres.db.insertInto('project').values({ id: projectId, name: 'p', slug: projectId }).execute()
  await postgres.db.insertInto('document').values({ id: rubricId, project_id: projectId, kind: 'rubric', newest: 1 }).execute()
  const queue = { id: queueId, projectId, name: 'q', itemKind: 'trace', rubricId, guidelineId: null, overlap, state: 'open' } as const
  await queues.insert({ ...queue, settings: { rule: null } as never, createdBy: 'lead' }, new Date())
  const target = { kind: 'trace', traceId: 'a'.repeat(32) } as never
  const rest = { target, priority: 0, gold: null, stratum: null, inclusionProbability: null, plan: null, planVersion: null, preview: '' }
  await queues.insertItems(
    queueId,
    overlap,
    Array.from({ length: items }, (_, index) => ({ id: randomUUID(), targetKey: `${index}`, position: index / items, ...rest })),
  )
  let judged = 0
  const start = performance.now()
  await Promise.all(
    Array.from({ length: reviewers }, async (_, index) => {
      const personId = `person ${index}`
      let after = index / reviewers
      for (;;) {
        const now = new Date()
        const expiresAt = new Date(now.getTime() + 600_000)
        const claimed = await leases.claim({ leaseId: randomUUID(), queueId, personId, now, expiresAt, after })
        if (claimed === null) {
          if (after < 0 && (await leases.remaining(queueId, personId)) === 0) return
          after = -1
          continue
        }
        after = claimed.position
        const answers = { helpful: 3, solved: true }
        const judgment = {
          answers,
          rationales: {},
          presentation: {},
          rubricVersion: 1,
          guidelineVersion: null,
          activeMs: 1,
          goldCorrect: null,
        }
        await leases.submit({ leaseId: claimed.lease.id, personId, submissionId: randomUUID(), now, ...judgment })
        judged += 1
      }
    }),
  )
  const seconds = (performance.now() - start) / 1_000
  await postgres.close()
  return judged / seconds
}

const goals: Record<string, number> = { embedded: 200, postgres: 800 }
const rows: string[] = []
for (const store of flags.stores.split(',')) {
  console.error(`${store} …`)
  const server = store === 'postgres' ? await startPostgres(postgresBin() ?? '') : null
  const engineDir = mkdtempSync(join(tmpdir(), 'plaudit-bench-engine-'))
  const engine = await measureEngine(
    server === null ? await openEmbeddedPostgres(join(engineDir, 'postgres')) : await connectPostgres(await server.newDatabase()),
  )
  rmSync(engineDir, { recursive: true, force: true })
  const rate = await measureServer(store, server === null ? {} : { PLAUDIT_POSTGRES_URL: await server.newDatabase() })
  await server?.remove()
  rows.push(`| ${store} | ${rate.toFixed(0)} | ≥ ${goals[store] ?? 0} | ${engine.toFixed(0)} | ${((100 * rate) / engine).toFixed(0)} % |`)
}
agent.destroy()
console.log(['| store | claim + submit per second | goal | lease store alone | share |', '|---|---:|---:|---:|---:|', ...rows].join('\n'))
