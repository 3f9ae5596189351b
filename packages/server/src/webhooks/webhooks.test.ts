import type { Page, WebhookCreated, WebhookDelivery, WebhookEvent } from '@plaudit/protocol'
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReviewDesk, type ReviewDesk } from '../test-support/review-desk.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'
import { isPublicAddress } from './public-address.ts'
import { sendWebhook } from './send.ts'

describe('addresses of the internet at large', () => {
  test.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '100.63.0.1', '2606:4700::1111'])('%s', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  )
  test.each([
    '127.0.0.1',
    '127.8.9.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'nonsense',
    '',
  ])('not %s', (address) => expect(isPublicAddress(address)).toBe(false))
})

describe('a call', () => {
  const call = { secret: 'whsec_AAAA', id: 'i', body: '{}', time: new Date(), allowPrivate: false }
  test.each(['http://127.0.0.1:1/', 'http://2130706433:1/', 'http://0x7f.1:1/', 'http://[::1]:1/', 'http://[::ffff:7f00:1]:1/'])(
    'never goes to %s',
    (url) => expect(sendWebhook({ ...call, url })).rejects.toThrow(/is not a public address/),
  )
  test('never goes where a name leads inside', () =>
    expect(sendWebhook({ ...call, url: 'http://localhost:1/' })).rejects.toThrow(/which is not a public address/))
})

describe('webhooks', () => {
  let app: TestApp
  let projectId: string
  let withKey: ReturnType<TestApp['withKey']>
  let review: ReviewDesk
  let receiver: Server
  let url: string
  let webhook: WebhookCreated
  const received: { headers: IncomingHttpHeaders; body: string }[] = []
  let answer = 200

  const until = async (isSo: () => boolean | Promise<boolean>) => {
    for (let tries = 0; !(await isSo()) && tries < 400; tries += 1) await sleep(25)
    expect(await isSo()).toBe(true)
  }
  const log = async () =>
    ((await withKey('GET', `/api/v1/webhooks/${webhook.id}/deliveries`)).body as unknown as Page<WebhookDelivery>).items

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')))
      request.on('end', () => {
        received.push({ headers: request.headers, body })
        response.writeHead(answer, answer === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end()
      })
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
    app = await openTestApp('webhooks', { PLAUDIT_WEBHOOK_PRIVATE: '1' })
    const { project, key } = await setUpProject(app)
    projectId = project.id
    withKey = app.withKey(key.secretKey)
    review = await openReviewDesk(app.context, projectId, { overlap: 2 })
    await review.addItems([1, 2, 3])
  })
  afterAll(async () => {
    await app.close()
    await new Promise((resolve) => receiver.close(resolve))
  })

  test('refuses what is no address, an unknown queue, and who may not', async () => {
    const create = (body: object) => withKey('POST', '/api/v1/webhooks', body)
    expect((await create({ url: 'ftp://example.com' })).status).toBe(400)
    expect((await create({ url: 'https://me:secret@example.com' })).status).toBe(400)
    expect((await create({ url, queueId: '0198f2a4-7c3e-7d52-9a41-000000000001' })).status).toBe(404)
    expect((await app.request('POST', '/api/v1/webhooks', { body: { url } })).status).toBe(401)
  })

  test('an item that is done is told once, signed, with its judgments; one that is not done is not', async () => {
    webhook = (await withKey('POST', '/api/v1/webhooks', { url, queueId: review.queueId })).body as unknown as WebhookCreated
    expect((await withKey('GET', '/api/v1/webhooks')).body).toEqual({ items: [expect.not.objectContaining({ secret: webhook.secret })] })
    await review.judge('ann', { helpful: 5 })
    await review.judge('ann', { helpful: 4 })
    await review.judge('bob', { helpful: 2 })
    await until(async () => (await log())[0]?.state === 'delivered')
    await sleep(1_500)
    expect(received).toHaveLength(1)
    const [{ headers, body }] = received as [{ headers: IncomingHttpHeaders; body: string }]
    const event = JSON.parse(body) as WebhookEvent & { type: 'item.done' }
    expect(event).toMatchObject({ id: headers['webhook-id'], type: 'item.done', projectId, queueId: review.queueId, decision: null })
    expect(event.judgments.map(({ personId, answers }) => [personId, answers['helpful']])).toEqual([
      ['ann', 5],
      ['bob', 2],
    ])
    // As a receiver checks it, by the specification.
    const key = Buffer.from(webhook.secret.replace('whsec_', ''), 'base64')
    const signed = createHmac('sha256', key).update([headers['webhook-id'], headers['webhook-timestamp'], body].join('.')).digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${signed}`)
  })

  test('a call that is refused is tried again later with the same id, and a redirect is not followed', async () => {
    received.length = 0
    answer = 302
    await review.judge('bob', { helpful: 1 })
    await until(async () => (await log())[0]?.status === 302)
    expect((await log())[0]).toMatchObject({ state: 'waiting', attempts: 1, problem: 'the address answered 302' })
    answer = 204
    app.setClock(new Date(Date.now() + 11_000))
    await until(async () => (await log())[0]?.state === 'delivered')
    app.setClock(null)
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([
      received[0]?.headers['webhook-id'],
      received[0]?.headers['webhook-id'],
    ])
  })

  test('a call that nobody answers fails after eight attempts, and can be tried again by hand', async () => {
    answer = 500
    await withKey('POST', `/api/v1/webhooks/${webhook.id}/ping`)
    let now = Date.now()
    await until(async () => {
      now += 13 * 3_600_000
      app.setClock(new Date(now))
      await sleep(500)
      return (await log())[0]?.state === 'failed'
    })
    expect((await log())[0]).toMatchObject({ event: 'ping', attempts: 8 })
    answer = 200
    expect((await withKey('POST', `/api/v1/webhooks/${webhook.id}/deliveries/${(await log())[0]?.id}/retry`)).status).toBe(202)
    await until(async () => (await log())[0]?.state === 'delivered')
    app.setClock(null)
  })

  test('what is switched off is not called', async () => {
    received.length = 0
    expect((await withKey('PATCH', `/api/v1/webhooks/${webhook.id}`, { enabled: false })).body).toMatchObject({ enabled: false })
    await review.judge('ann', { helpful: 3 })
    await review.judge('bob', { helpful: 3 })
    await sleep(1_500)
    expect(received).toEqual([])
    expect((await withKey('DELETE', `/api/v1/webhooks/${webhook.id}`)).status).toBe(204)
    expect((await withKey('GET', `/api/v1/webhooks/${webhook.id}/deliveries`)).status).toBe(404)
  })
})
