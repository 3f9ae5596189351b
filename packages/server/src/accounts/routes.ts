import { passwordInputSchema, sessionInfoSchema, setUpInputSchema, signInInputSchema } from '@plaudit/protocol'
import type { Context } from 'hono'
import { checkSignInOrigin } from '../access/origin.ts'
import { jsonBody, jsonContent } from '../http/content.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, open, signedIn } from '../http/route.ts'
import { accountService, type SessionChange } from './service.ts'

const tags = ['Session']
const smallBody = { maxBodyBytes: 16_384 }
const answer = jsonContent(sessionInfoSchema, 'The session; its cookie is set.')

const get = guarded(open('says whether somebody is signed in'), {
  method: 'get',
  path: '/api/v1/session',
  tags,
  summary: 'Who is signed in, and their projects',
  responses: { 200: jsonContent(sessionInfoSchema, 'The session; `person` is null without one.') },
})

const setUp = guarded(open('makes the first account, once', smallBody), {
  method: 'post',
  path: '/api/v1/session/setup',
  tags,
  summary: 'Create the first account and its project',
  description: 'Works only while no account exists.',
  request: { body: jsonBody(setUpInputSchema) },
  responses: { 200: answer },
})

const signIn = guarded(open('begins a session', smallBody), {
  method: 'post',
  path: '/api/v1/session/sign-in',
  tags,
  summary: 'Sign in',
  request: { body: jsonBody(signInInputSchema) },
  responses: { 200: answer },
})

const signOut = guarded(open('ends a session, also one that has expired', smallBody), {
  method: 'post',
  path: '/api/v1/session/sign-out',
  tags,
  summary: 'Sign out',
  responses: { 204: { description: 'The session is over.' } },
})

const changePassword = guarded(signedIn({ ...smallBody, withOneTimePassword: true }), {
  method: 'post',
  path: '/api/v1/session/password',
  tags,
  summary: 'Change the own password',
  description: 'Ends all other sessions of the person.',
  request: { body: jsonBody(passwordInputSchema) },
  responses: { 200: answer },
})

/** Routes of people's sessions. */
export function accountRoutes(context: ServerContext) {
  const accounts = accountService(context)
  const { access } = context
  return newRoutes()
    .openapi(get, async (c) => c.json(await accounts.sessionInfo(await access.personOrNull(c.req.raw)), 200))
    .openapi(setUp, async (c) => {
      checkSignInOrigin(c.req.raw, access.publicUrl)
      return c.json(withCookies(c, await accounts.setUp(c.req.valid('json'), addressOf(c), c.req.raw.headers)), 200)
    })
    .openapi(signIn, async (c) => {
      checkSignInOrigin(c.req.raw, access.publicUrl)
      return c.json(withCookies(c, await accounts.signIn(c.req.valid('json'), addressOf(c), c.req.raw.headers)), 200)
    })
    .openapi(signOut, async (c) => {
      checkSignInOrigin(c.req.raw, access.publicUrl)
      setCookies(c, await accounts.signOut(c.req.raw.headers))
      return c.body(null, 204)
    })
    .openapi(changePassword, async (c) => {
      const change = await accounts.changePassword(c.var.person, c.req.valid('json'), addressOf(c), c.req.raw.headers)
      return c.json(withCookies(c, change), 200)
    })
}

function withCookies(c: Context, { session, cookies }: SessionChange) {
  setCookies(c, cookies)
  return session
}

function setCookies(c: Context, cookies: string[]): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
}

/** Where the request came from, for counting attempts: the peer's address, which behind a proxy is the proxy's. */
function addressOf(c: Context): string {
  const bindings = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined
  return bindings?.incoming?.socket?.remoteAddress ?? 'unknown'
}
