import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '@plaudit/sdk'
import { startTestServer, type TestServer } from './support/start-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.remove())

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const client = () => createClient({ baseUrl: server.url, key: server.keys.secretKey })
const give = (criterion: string) =>
  client().feedback.give({
    target: { kind: 'trace', traceId },
    criterion,
    kind: 'thumbs',
    value: 'up',
    author: { kind: 'code', id: 'test' },
  })

test('acknowledged feedback is there after kill -9 and after a clean stop', async () => {
  await give('before the kill')
  await server.kill9()
  await server.restart()
  await give('before the stop')
  expect(await server.stop()).toBe(0)
  await server.restart()
  const { items } = await client().feedback.list()
  expect(items.map(({ criterion }) => criterion)).toEqual(['before the stop', 'before the kill'])
})
