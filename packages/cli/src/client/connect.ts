import { ApiError } from '@plaudit/protocol'
import { createClient, type PlauditClient } from '@plaudit/sdk'

const localServer = 'http://127.0.0.1:4100'

/** Options of commands that send to a running platform, or read from it. */
export const connectionOptions = {
  server: { type: 'string', description: 'Address of the platform', valueHint: 'URL', default: localServer },
  key: { type: 'string', description: "The project's secret key; better, set PLAUDIT_SECRET_KEY", valueHint: 'KEY' },
} as const

/** A client of the project that the key belongs to. @throws ApiError `invalid_argument` without a key or with a wrong address. */
export function connect(options: { server: string; key?: string | undefined }): PlauditClient {
  const key = options.key ?? process.env.PLAUDIT_SECRET_KEY
  if (key === undefined || key === '')
    throw new ApiError(
      'invalid_argument',
      'A secret key is needed: make one in the web app under the settings of the project, or with `plaudit key create` while the server is stopped, and set PLAUDIT_SECRET_KEY.',
    )
  if (!URL.canParse(options.server)) throw new ApiError('invalid_argument', `--server must be an address like ${localServer}.`)
  return createClient({ baseUrl: options.server, key, tries: 5, timeoutMs: 120_000 })
}
