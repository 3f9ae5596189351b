import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Config, readConfig } from './config.ts'
import { type RunningServer, startServer } from './start-server.ts'
import { newDataDir } from './test-support/data-dir.ts'

const log = pino({ level: 'silent' })
const keys = { secretKey: 'sk-from-the-environment', publicKey: 'pk-from-the-environment' }
const admin = { adminEmail: 'admin@example.com', adminPassword: 'correct horse battery' }
let dataDir: string
let base: Config
beforeAll(async () => {
  dataDir = await newDataDir('start')
  base = { ...readConfig({}, { port: 0, dataDir }), ...keys, ...admin, project: 'From the environment' }
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('a started server', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await startServer(base, log)
  })
  afterAll(() => server.close())

  const signIn = () =>
    fetch(`${server.url}/api/v1/session/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: admin.adminEmail, password: admin.adminPassword }),
    })
  const readFeedback = () => fetch(`${server.url}/api/v1/feedback`, { headers: { authorization: `Bearer ${keys.secretKey}` } })

  test('is set up as the environment says, also when it is started again', async () => {
    await server.close()
    server = await startServer(base, log)
    expect((await readFeedback()).status).toBe(200)
    const { projects } = (await (await signIn()).json()) as { projects: { name: string; role: string }[] }
    expect(projects).toMatchObject([{ name: 'From the environment', role: 'owner' }])
  })

  test('says that its port is taken, and touches no data', async () => {
    const second = startServer({ ...base, port: server.port, dataDir: `${dataDir}/never` }, log)
    await expect(second).rejects.toThrow(new RegExp(`Port ${server.port} on 127.0.0.1 is taken.*--port`))
  })

  test('says that its data directory is in use, and lets its port go again', async () => {
    await expect(startServer(base, log)).rejects.toThrow(new RegExp(`in use by process ${process.pid}`))
    expect((await readFeedback()).status).toBe(200)
  })

  test('answers what is under way before it stops', async () => {
    const body = JSON.stringify({ target: { kind: 'trace', traceId: '1'.repeat(32) }, criterion: 'helpful', kind: 'thumbs', value: 'up' })
    const sending = request(`${server.url}/api/v1/feedback`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.secretKey}`, 'content-type': 'application/json', 'content-length': body.length },
    })
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>
    sending.write(body.slice(0, 20))
    await sleep(50)
    const closing = Promise.all([server.close(), server.close()])
    await sleep(50)
    sending.end(body.slice(20))
    const [answer] = await answered
    expect(answer.statusCode).toBe(201)
    answer.resume()
    await closing
    await expect(fetch(server.url)).rejects.toThrow()
    server = await startServer(base, log)
  })
})

test('refuses keys that the environment gives to two projects', async () => {
  await expect(startServer({ ...base, project: 'Another project' }, log)).rejects.toThrow(/belongs to another project.*PLAUDIT_PUBLIC_KEY/)
})

test('names an address that it cannot listen on', async () => {
  await expect(startServer({ ...base, host: '203.0.113.1' }, log)).rejects.toThrow(/203\.0\.113\.1 is no address of this machine.*--host/)
})
