import type { OpenAPIHono } from '@hono/zod-openapi'
import { createRequire } from 'node:module'
import type { ServerEnv } from '../http/context.ts'

export const serverVersion = (createRequire(import.meta.url)('../../package.json') as { version: string }).version

const securitySchemes = {
  secretKey: { type: 'http', scheme: 'bearer', description: 'A secret key of a project, for programs.' },
  publicKey: { type: 'http', scheme: 'bearer', description: 'A public key of a project, for web pages: it can only give feedback.' },
  keyPair: { type: 'http', scheme: 'basic', description: 'Public key as the user, secret key as the password.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'plaudit.session_token',
    description: 'A signed-in person; name the project with ?project=.',
  },
} as const

export type OpenApiDocument = ReturnType<typeof openApiDocument>

/** The description of every route, made from the schemas that check its requests. OpenAPI 3.1. */
export function openApiDocument(app: OpenAPIHono<ServerEnv>, serverUrl: string) {
  for (const [name, scheme] of Object.entries(securitySchemes)) app.openAPIRegistry.registerComponent('securitySchemes', name, scheme)
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Plaudit',
      version: serverVersion,
      description: 'Human feedback for applications built on large language models: traces in, feedback on them, and what was learnt out.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: serverUrl }],
  })
}
