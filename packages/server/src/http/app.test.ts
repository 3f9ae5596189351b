import type { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, publicUrl, setUpProject, type TestApp } from '../test-support/test-app.ts'
import type { ServerEnv } from './context.ts'
import { guardOf } from './route.ts'

let server: TestApp
let secretKey: string
beforeAll(async () => {
  server = await openTestApp('app')
  secretKey = (await setUpProject(server)).key.secretKey
})
afterAll(() => server.close())

/** Every method and path with what stands before its handler. */
function routes(app: OpenAPIHono<ServerEnv>) {
  const served = app.routes.filter(({ method, path }) => method !== 'ALL' && method !== 'OPTIONS' && path !== '/*')
  return Map.groupBy(served, ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
}

test('every route declares who may use it, before anything else runs', () => {
  const unguarded = [...routes(server.app)].filter(([, handlers]) => handlers.every(({ handler }) => guardOf(handler) === undefined))
  expect(unguarded.map(([route]) => route)).toEqual([])
  expect(routes(server.app).size).toBeGreaterThan(20)
})

test('every route is in the OpenAPI document, and every schema that it names', async () => {
  const { body } = await server.request('GET', '/openapi.json')
  const paths = body['paths'] as Record<string, Record<string, unknown>>
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const missing = [...routes(server.app).keys()].filter((route) => !documented.includes(route))
  expect(missing).toEqual([])
  const schemas = Object.keys((body['components'] as { schemas: object }).schemas)
  const named = [...JSON.stringify(body).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name)
  expect([...new Set(named)].filter((name) => !schemas.includes(name ?? ''))).toEqual([])
})

test('the documentation shows every route and loads nothing', async () => {
  const { body } = await server.request('GET', '/docs')
  expect(body['text']).toContain('/api/v1/projects/{projectId}/keys')
  expect(body['text']).not.toMatch(/<script|<link|<img|@import/)
})

test('whatever goes wrong is answered as problem details with the request’s id', async () => {
  const { status, body, headers } = await server.request('GET', '/api/v1/nothing')
  expect(status).toBe(404)
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(body).toMatchObject({
    status: 404,
    code: 'not_found',
    detail: 'There is no GET /api/v1/nothing.',
    requestId: headers.get('x-request-id'),
  })
})

test('tells that it is alive and ready, and what it measures', async () => {
  expect((await server.request('GET', '/healthz')).body).toEqual({ alive: true })
  expect((await server.request('GET', '/readyz')).body).toEqual({ ready: true, eventStore: true, transactionalStore: true })
  const { body } = await server.request('GET', '/metrics')
  expect(body['text']).toMatch(/plaudit_http_request_duration_seconds_count\{method="GET",route="\/readyz",status="200"\} 1/)
  expect(body['text']).not.toContain(secretKey)
})

test('other pages may give feedback and nothing else', async () => {
  const from = { origin: 'https://shop.example', 'access-control-request-method': 'POST' }
  const preflight = await server.request('OPTIONS', '/api/v1/feedback', { headers: from })
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
  expect(preflight.headers.get('access-control-allow-methods')).toBe('POST')
  expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
  for (const path of ['/api/v1/session', '/api/v1/projects', '/v1/traces', '/api/v1/feedback/0198f2a4-7c3e-7d52-9a41-6f0e2d9c8b17']) {
    const answer = await server.request('OPTIONS', path, { headers: from })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  }
  const list = await server.withKey(secretKey)('GET', '/api/v1/feedback', undefined, from)
  expect(list.headers.get('access-control-allow-origin')).toBeNull()
})

test('pages may load nothing from elsewhere and be framed by nobody', async () => {
  const { headers } = await server.request('GET', '/docs')
  expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('strict-transport-security')).toBeNull()
  expect(publicUrl).not.toMatch(/^https/)
})
