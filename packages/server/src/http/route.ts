import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import { ApiError, problemSchema } from '@plaudit/protocol'
import type { MiddlewareHandler } from 'hono'
import { isAllowed, type Permission } from '../access/permission.ts'
import { actorOf } from '../access/principal.ts'
import { readBody } from './body.ts'
import type { PersonEnv, ProjectEnv, ServerEnv } from './context.ts'
import { refuseInvalid } from './error.ts'

const MEBIBYTE = 1_048_576

/** How a route is guarded: by a permission in a project, by a signed-in person, or by nothing, for a reason. */
export type Guard = { permission: Permission } | { person: true } | { open: string }
export type GuardOptions = {
  /** Largest body, after decompression. Default 1 MiB. */
  maxBodyBytes?: number
  /** Lets in who still has a one-time password. Default false. */
  withOneTimePassword?: boolean
}

const guards = new WeakMap<object, Guard>()

/** The guard that a middleware declares, if it is one. */
export function guardOf(middleware: object): Guard | undefined {
  return guards.get(middleware)
}

function declare<M extends object>(guard: Guard, middleware: M): M {
  guards.set(middleware, guard)
  return middleware
}

/**
 * Guards a route inside a project: resolves who asks and about which project (`c.var.principal`, `c.var.projectId`), refuses without the
 * permission, then reads the body within its limit.
 */
export function secured(permission: Permission, options: GuardOptions = {}): MiddlewareHandler<ProjectEnv> {
  return declare({ permission }, async (c, next) => {
    const principal = await c.var.server.access.principalOf(c.req.raw, c.req.param('projectId') ?? c.req.query('project'))
    if (!isAllowed(actorOf(principal), permission)) {
      throw new ApiError('forbidden', `A ${actorOf(principal)} does not have the permission ${permission}.`)
    }
    c.set('principal', principal)
    c.set('projectId', principal.projectId)
    await readBody(c, options.maxBodyBytes ?? MEBIBYTE)
    await next()
  })
}

/** Guards a route for people outside any project (`c.var.person`). */
export function signedIn(options: GuardOptions = {}): MiddlewareHandler<PersonEnv> {
  return declare({ person: true }, async (c, next) => {
    c.set('person', await c.var.server.access.personOf(c.req.raw, options))
    await readBody(c, options.maxBodyBytes ?? MEBIBYTE)
    await next()
  })
}

/** Declares that a route is open to everybody, and why. */
export function open(reason: string, options: GuardOptions = {}): MiddlewareHandler<ServerEnv> {
  return declare({ open: reason }, async (c, next) => {
    await readBody(c, options.maxBodyBytes ?? MEBIBYTE)
    await next()
  })
}

/** A feature's routes: an application without global state, mounted by `createApp`. */
export function newRoutes(): OpenAPIHono<ServerEnv> {
  return new OpenAPIHono<ServerEnv>({ defaultHook: refuseInvalid })
}

type Declared<P extends string> = Omit<RouteConfig, 'path' | 'middleware' | 'security'> & { path: P }

/**
 * A documented route with its guard: `createRoute` of zod-openapi that cannot be called without one. The errors that every route can answer
 * are added to its documentation.
 */
export function guarded<P extends string, const R extends Declared<P>, M extends MiddlewareHandler>(guard: M, config: R) {
  const declared = guards.get(guard)
  if (declared === undefined) throw new TypeError(`${config.path} needs secured(), signedIn() or open() as its guard`)
  const documented = {
    ...config,
    security: securityOf(declared),
    responses: { ...config.responses, default: problemResponse },
    ...('permission' in declared ? { 'x-permission': declared.permission } : {}),
  }
  return createRoute({ ...documented, middleware: guard } as R & { middleware: M })
}

const problemResponse = {
  description: 'What is wrong, in one sentence.',
  content: { 'application/problem+json': { schema: problemSchema } },
}

function securityOf(guard: Guard) {
  if ('open' in guard) return []
  if ('person' in guard) return [{ session: [] }]
  return [
    ...(isAllowed('secret key', guard.permission) ? [{ secretKey: [] }, { keyPair: [] }] : []),
    ...(isAllowed('public key', guard.permission) ? [{ publicKey: [] }] : []),
    ...(isAllowed('owner', guard.permission) ? [{ session: [] }] : []),
  ]
}
