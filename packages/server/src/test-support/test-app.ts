import type { Project, ProjectKeyCreated, SessionInfo } from '@plaudit/protocol'
import { rmSync } from 'node:fs'
import { pino } from 'pino'
import { readConfig } from '../config.ts'
import { createApp } from '../http/app.ts'
import { startWorkers } from '../jobs/workers.ts'
import { openContext } from '../open-context.ts'
import { newDataDir } from './data-dir.ts'

export const publicUrl = 'http://plaudit.test'
const log = pino({ level: 'silent' })

export type Answer = { status: number; body: Record<string, unknown>; headers: Headers }
/** A browser with its cookies, on a page of this server unless `origin` says otherwise. */
export type Browser = {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  cookies: Map<string, string>
}

/** The whole application over embedded stores, called without a network. */
export async function openTestApp(name: string, env: Record<string, string> = {}) {
  const dataDir = await newDataDir(name)
  let now: Date | null = null
  const opened = await openContext(readConfig(env, { dataDir }), log, publicUrl, () => now ?? new Date())
  const { context } = opened
  const workers = await startWorkers(context)
  const app = createApp(context)

  async function request(method: string, path: string, init: { body?: unknown; headers?: Record<string, string> } = {}): Promise<Answer> {
    const isRaw = typeof init.body === 'string' || init.body instanceof Uint8Array
    const response = await app.request(`${publicUrl}${path}`, {
      method,
      headers: { ...(init.body === undefined ? {} : { 'content-type': 'application/json' }), ...init.headers },
      ...(init.body === undefined ? {} : { body: isRaw ? (init.body as string) : JSON.stringify(init.body) }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as Answer['body']) : { text } }
  }

  function browser(): Browser {
    const cookies = new Map<string, string>()
    return {
      cookies,
      async call(method, path, body, headers = {}) {
        const cookie = [...cookies].map(([key, value]) => `${key}=${value}`).join('; ')
        const answer = await request(method, path, {
          body,
          headers: { ...(cookie === '' ? {} : { cookie }), origin: publicUrl, ...headers },
        })
        for (const line of answer.headers.getSetCookie()) {
          const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
          if (value === '' || /max-age=0\b/i.test(line)) cookies.delete(key)
          else cookies.set(key, value)
        }
        return answer
      },
    }
  }

  return {
    app,
    context,
    /** A program's request. */
    request,
    /** The same with a key. */
    withKey:
      (key: string) =>
      (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
        request(method, path, { body, headers: { authorization: `Bearer ${key}`, ...headers } }),
    browser,
    /** Sets the server's clock; null lets it run. */
    setClock(time: Date | null) {
      now = time
    },
    async close() {
      await workers.close()
      await opened.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
export type TestApp = Awaited<ReturnType<typeof openTestApp>>

export const owner = { name: 'Olga', email: 'olga@example.com', password: 'correct horse battery' }

/** Makes the first account and project, and a pair of keys of it. */
export async function setUpProject(server: TestApp): Promise<{ browser: Browser; project: Project; key: ProjectKeyCreated }> {
  const browser = server.browser()
  const session = (await browser.call('POST', '/api/v1/session/setup', { ...owner, project: 'Support' })).body as SessionInfo
  const [project] = session.projects
  if (project === undefined) throw new Error('set-up made no project')
  const key = (await browser.call('POST', `/api/v1/projects/${project.id}/keys`, { name: 'Server' })).body as ProjectKeyCreated
  return { browser, project, key }
}
