import { betterAuth } from 'better-auth'
import type { Db } from '../db/schema.ts'

export type Auth = ReturnType<typeof createAuth>

/**
 * People's sessions: e-mail and password, a cookie, a row per session. Accounts are made by set-up and by owners, never by signing up, and
 * none of better-auth's own routes is served: ours call it.
 */
export function createAuth(options: { db: Db; secret: string; publicUrl: string }) {
  return betterAuth({
    appName: 'Plaudit',
    baseURL: options.publicUrl,
    basePath: '/api/v1/session',
    secret: options.secret,
    database: { db: options.db, type: 'postgres' },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 200 },
    user: { additionalFields: { mustChangePassword: { type: 'boolean', input: false, defaultValue: false } } },
    session: { expiresIn: 14 * 86_400, updateAge: 86_400 },
    // Our own routes limit attempts and check the origin.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'plaudit',
      useSecureCookies: options.publicUrl.startsWith('https:'),
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })
}
