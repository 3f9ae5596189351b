import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'

/** What pages of this server may load and who may show them: nothing from elsewhere, and no other site. */
export function browserHeaders({ isHttps }: { isHttps: boolean }): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      // No images from elsewhere: one in a logged message would tell its owner who reads it, and when.
      imgSrc: ["'self'", 'data:', 'blob:'],
      objectSrc: ["'none'"],
      scriptSrc: ["'self'"],
      // Charts and floating panels position themselves with style attributes.
      styleSrc: ["'self'", "'unsafe-inline'"],
      workerSrc: ["'self'", 'blob:'],
    },
    strictTransportSecurity: isHttps,
    xFrameOptions: 'DENY',
  })
}

/** Pages of any site may give feedback, which takes a public key; cookies are never allowed along. */
export const feedbackFromAnyPage: MiddlewareHandler = cors({
  origin: '*',
  allowMethods: ['POST'],
  allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'x-api-key'],
  maxAge: 86_400,
})
