import { createClient, type PlauditClient } from '@plaudit/sdk'

/** Options of commands that talk to a running platform. */
export const platformOptions = {
  server: { type: 'string', description: 'Address of a running platform, for example http://127.0.0.1:4100', valueHint: 'URL' },
  key: { type: 'string', description: "A project's secret key; PLAUDIT_SECRET_KEY where left out", valueHint: 'KEY' },
} as const

/** A client of the platform that the options name. Trained models and pairs are large, so it waits longer than usual. */
export function platformClient({
  server,
  key = process.env.PLAUDIT_SECRET_KEY,
}: {
  server: string
  key?: string | undefined
}): PlauditClient {
  return createClient({ baseUrl: server, ...(key === undefined ? {} : { key }), timeoutMs: 600_000 })
}
