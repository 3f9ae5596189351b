import type { MemberAdded, ProjectKeyCreated, SessionInfo } from '@plaudit/protocol'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openTestApp, owner, type TestApp } from '../test-support/test-app.ts'

let server: TestApp
beforeAll(async () => {
  server = await openTestApp('accounts')
})
afterAll(() => server.close())

const signIn = (browser: Browser, email: string, password: string) => browser.call('POST', '/api/v1/session/sign-in', { email, password })

describe('before anybody has an account', () => {
  test('nobody can sign in, and set-up is asked for', async () => {
    const browser = server.browser()
    expect((await browser.call('GET', '/api/v1/session')).body).toEqual({ setupNeeded: true, person: null, projects: [] })
    expect((await signIn(browser, owner.email, owner.password)).status).toBe(401)
  })

  test('set-up refuses what is no account, and pages of other sites', async () => {
    const browser = server.browser()
    const setUp = (body: object, headers = {}) => browser.call('POST', '/api/v1/session/setup', body, headers)
    expect((await setUp({ ...owner, password: 'short' })).body).toMatchObject({ status: 400, detail: /at least 8 characters/ as never })
    expect((await setUp({ ...owner, email: 'nobody' })).status).toBe(400)
    expect((await setUp(owner, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await browser.call('GET', '/api/v1/session')).body['setupNeeded']).toBe(true)
  })

  test('of several set-ups at once, one wins', async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, index) =>
        server
          .browser()
          .call('POST', '/api/v1/session/setup', { ...owner, email: `person${index}@example.com`, project: `Project ${index}` }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409])
    const { body } = answers.find(({ status }) => status === 200) ?? answers[0] ?? { body: {} }
    expect((body as SessionInfo).projects).toHaveLength(1)
    const accounts = await server.context.db.selectFrom('user').select('email').execute()
    expect(accounts).toEqual([{ email: (body as SessionInfo).person?.email }])
    await server.context.db.deleteFrom('user').execute()
    await server.context.db.deleteFrom('project').execute()
  })
})

describe('with an account', () => {
  let projectId: string
  let browser: Browser
  beforeAll(async () => {
    browser = server.browser()
    const { body } = await browser.call('POST', '/api/v1/session/setup', { ...owner, project: 'Support' })
    projectId = (body as SessionInfo).projects[0]?.id ?? ''
  })

  test('set-up is over', async () => {
    expect((await server.browser().call('POST', '/api/v1/session/setup', { ...owner, email: 'eve@example.com' })).status).toBe(409)
  })

  test('the session’s cookie cannot be read by scripts nor sent by other sites’ forms', async () => {
    const { headers } = await signIn(server.browser(), owner.email.toUpperCase(), owner.password)
    expect(headers.getSetCookie()[0]).toMatch(/^plaudit\.session_token=.*HttpOnly.*SameSite=Lax/i)
  })

  test('refuses without a session, with a made-up one, and after signing out', async () => {
    const path = `/api/v1/projects/${projectId}/members`
    expect((await server.request('GET', path)).status).toBe(401)
    expect((await server.request('GET', path, { headers: { cookie: 'plaudit.session_token=made.up' } })).status).toBe(401)
    const other = server.browser()
    await signIn(other, owner.email, owner.password)
    const cookie = [...other.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    expect((await other.call('GET', path)).status).toBe(200)
    expect((await other.call('POST', '/api/v1/session/sign-out')).status).toBe(204)
    expect((await server.request('GET', path, { headers: { cookie } })).status).toBe(401)
  })

  test('refuses a session that has expired', async () => {
    const other = server.browser()
    await signIn(other, owner.email, owner.password)
    const past = new Date(Date.now() - 1_000)
    await server.context.db
      .updateTable('session')
      .set({ expiresAt: past })
      .where('token', '=', decodeURIComponent([...other.cookies.values()][0] ?? '').split('.')[0] ?? '')
      .execute()
    expect((await other.call('GET', `/api/v1/projects/${projectId}/members`)).status).toBe(401)
  })

  test('refuses changes that another site makes a browser send', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: '', 'sec-fetch-site': 'cross-site' }]) {
      const answer = await browser.call('POST', '/api/v1/projects', { name: 'Forged' }, headers)
      expect([headers, answer.status]).toEqual([headers, 403])
    }
  })

  test('pauses somebody who guesses passwords, many at once too, and not the owner elsewhere', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 14 }, (_, index) => signIn(server.browser(), 'victim@example.com', `guess number ${index}`)),
    )
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10)
    const paused = guesses.find(({ status }) => status === 429)
    expect(paused?.body).toMatchObject({ code: 'rate_limited' })
    expect(Number(paused?.headers.get('retry-after'))).toBeGreaterThan(60)
    expect((await signIn(server.browser(), owner.email, owner.password)).status).toBe(200)
  })

  test('a new member must change the one-time password before anything else', async () => {
    const added = await browser.call('POST', `/api/v1/projects/${projectId}/members`, { email: 'Rita@example.com', role: 'reviewer' })
    const { oneTimePassword, email, name } = added.body as MemberAdded
    expect([added.status, email, name]).toEqual([201, 'rita@example.com', 'rita'])
    const rita = server.browser()
    expect((await signIn(rita, email, oneTimePassword ?? '')).body).toMatchObject({ person: { mustChangePassword: true } })
    expect((await rita.call('GET', `/api/v1/projects/${projectId}/members`)).status).toBe(403)
    const change = (current: string, next: string) => rita.call('POST', '/api/v1/session/password', { current, next })
    expect((await change('wrong password', 'a new password')).status).toBe(401)
    expect((await change(oneTimePassword ?? '', oneTimePassword ?? '')).status).toBe(400)
    expect((await change(oneTimePassword ?? '', 'a new password')).body).toMatchObject({ person: { mustChangePassword: false } })
    expect((await rita.call('GET', `/api/v1/projects/${projectId}/members`)).status).toBe(200)
    expect((await signIn(server.browser(), email, oneTimePassword ?? '')).status).toBe(401)
  })

  test('a reviewer may not manage the project', async () => {
    const rita = server.browser()
    await signIn(rita, 'rita@example.com', 'a new password')
    const path = `/api/v1/projects/${projectId}`
    const refused = [
      ['PATCH', path, { name: 'Mine' }],
      ['DELETE', path, undefined],
      ['GET', `${path}/keys`, undefined],
      ['POST', `${path}/keys`, { name: 'Mine' }],
      ['POST', `${path}/members`, { email: 'eve@example.com', role: 'owner' }],
      ['GET', `${path}/audit`, undefined],
      ['GET', `/api/v1/feedback?project=${projectId}`, undefined],
    ] as const
    for (const [method, target, body] of refused)
      expect([method, target, (await rita.call(method, target, body)).status]).toEqual([method, target, 403])
  })

  test('a project that one does not belong to is as one that does not exist', async () => {
    const rita = server.browser()
    await signIn(rita, 'rita@example.com', 'a new password')
    const { body } = await browser.call('POST', '/api/v1/projects', { name: 'Secret' })
    const hidden = await rita.call('GET', `/api/v1/projects/${String(body['id'])}/members`)
    const absent = await rita.call('GET', '/api/v1/projects/0198f2a4-7c3e-7d52-9a41-6f0e2d9c8b17/members')
    expect([hidden.status, absent.status]).toEqual([404, 404])
  })

  test('another role, and none, hold with the next request', async () => {
    const path = `/api/v1/projects/${projectId}/members`
    const added = (await browser.call('POST', path, { email: 'sam@example.com', role: 'reviewer' })).body as MemberAdded
    const sam = server.browser()
    await signIn(sam, 'sam@example.com', added.oneTimePassword ?? '')
    await sam.call('POST', '/api/v1/session/password', { current: added.oneTimePassword, next: 'a new password' })
    const look = async () => (await sam.call('GET', `/api/v1/feedback?project=${projectId}`)).status
    expect(await look()).toBe(403)
    await browser.call('PATCH', `${path}/${added.id}`, { role: 'lead' })
    expect(await look()).toBe(200)
    await browser.call('DELETE', `${path}/${added.id}`)
    expect(await look()).toBe(404)
  })

  test('the last owner stays, also when two leave at once', async () => {
    const path = `/api/v1/projects/${projectId}/members`
    const members = (await browser.call('GET', path)).body['items'] as { id: string; role: string; email: string }[]
    const olga = members.find(({ role }) => role === 'owner')?.id ?? ''
    const rita = members.find(({ role }) => role === 'reviewer')?.id ?? ''
    expect((await browser.call('DELETE', `${path}/${olga}`)).status).toBe(409)
    expect((await browser.call('PATCH', `${path}/${olga}`, { role: 'lead' })).status).toBe(409)
    expect((await browser.call('PATCH', `${path}/${rita}`, { role: 'owner' })).status).toBe(204)
    const both = await Promise.all([olga, rita].map((id) => browser.call('PATCH', `${path}/${id}`, { role: 'engineer' })))
    expect(both.filter(({ status }) => status === 204)).toHaveLength(1)
    const owners = await server.context.db
      .selectFrom('membership')
      .select('user_id')
      .where('project_id', '=', projectId)
      .where('role', '=', 'owner')
      .execute()
    expect(owners).toHaveLength(1)
  })
})

describe('a project', () => {
  let projectId: string
  let browser: Browser
  beforeAll(async () => {
    browser = server.browser()
    await signIn(browser, owner.email, owner.password)
    projectId = String((await browser.call('POST', '/api/v1/projects', { name: 'Été 2026 / Überblick' })).body['id'])
  })
  const newKey = async () => (await browser.call('POST', `/api/v1/projects/${projectId}/keys`, { name: 'Key' })).body as ProjectKeyCreated

  test('is renamed and keeps its slug, and its history tells who did what', async () => {
    const renamed = await browser.call('PATCH', `/api/v1/projects/${projectId}`, { name: 'Support' })
    expect(renamed.body).toMatchObject({ name: 'Support', slug: 'été-2026-überblick' })
    const { items, nextCursor } = (await browser.call('GET', `/api/v1/projects/${projectId}/audit?limit=1`)).body as {
      items: { action: string }[]
      nextCursor: string
    }
    expect(items).toMatchObject([{ action: 'project.rename', detail: { from: 'Été 2026 / Überblick', to: 'Support' } }])
    const rest = await browser.call('GET', `/api/v1/projects/${projectId}/audit?limit=1&cursor=${nextCursor}`)
    expect(rest.body).toMatchObject({ items: [{ action: 'project.create' }], nextCursor: null })
  })

  test('shows a secret key once', async () => {
    const { secretKey, id } = await newKey()
    const list = await browser.call('GET', `/api/v1/projects/${projectId}/keys`)
    expect(list.body['items']).toMatchObject([{ id, secretHint: `…${secretKey.slice(-4)}` }])
    expect(JSON.stringify(list.body)).not.toContain(secretKey)
  })

  test('a revoked key stops working at once, another project’s never did', async () => {
    const { secretKey, id } = await newKey()
    const call = server.withKey(secretKey)
    expect((await call('GET', '/api/v1/feedback')).status).toBe(200)
    const other = String((await browser.call('POST', '/api/v1/projects', { name: 'Other' })).body['id'])
    expect((await call('GET', `/api/v1/feedback?project=${other}`)).status).toBe(403)
    expect((await call('GET', `/api/v1/projects/${projectId}/keys`)).status).toBe(403)
    expect((await browser.call('DELETE', `/api/v1/projects/${projectId}/keys/${id}`)).status).toBe(204)
    expect((await call('GET', '/api/v1/feedback')).status).toBe(401)
    expect((await browser.call('DELETE', `/api/v1/projects/${projectId}/keys/${id}`)).status).toBe(404)
  })

  test('is deleted with its keys, and the event store is asked to forget it', async () => {
    const { secretKey } = await newKey()
    expect((await browser.call('DELETE', `/api/v1/projects/${projectId}`)).status).toBe(204)
    const { rows } = await sql<{ data: object }>`SELECT data FROM pgboss.job WHERE name = 'erase-project'`.execute(server.context.db)
    expect(rows).toEqual([{ data: { projectId } }])
    expect((await server.withKey(secretKey)('GET', '/api/v1/feedback')).status).toBe(401)
    expect((await browser.call('GET', `/api/v1/projects/${projectId}/members`)).status).toBe(404)
  })
})
