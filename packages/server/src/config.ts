import { ApiError } from '@plaudit/protocol'
import { resolve } from 'node:path'
import { z } from 'zod'

const address = (protocols: string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be an address like ${example}`)

/** Every setting: its environment variable, its rule, and whether a flag of `plaudit start` sets it too (the flag wins). */
const settings = {
  port: {
    variable: 'PLAUDIT_PORT',
    rule: z.coerce.number('must be a number').int('must be a whole number').min(0, 'must be 0 to 65535').max(65_535, 'must be 0 to 65535'),
  },
  host: { variable: 'PLAUDIT_HOST', rule: z.string() },
  dataDir: { variable: 'PLAUDIT_DATA_DIR', rule: z.string() },
  role: { variable: 'PLAUDIT_ROLE', rule: z.enum(['all', 'api', 'worker'], 'must be all, api or worker') },
  clickhouseUrl: { variable: 'PLAUDIT_CLICKHOUSE_URL', rule: address(['http:', 'https:'], 'http://user:password@host:8123') },
  postgresUrl: {
    variable: 'PLAUDIT_POSTGRES_URL',
    rule: address(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/plaudit'),
  },
  secret: { variable: 'PLAUDIT_SECRET', rule: z.string().min(32, 'must have at least 32 characters') },
  publicUrl: { variable: 'PLAUDIT_PUBLIC_URL', rule: address(['http:', 'https:'], 'https://plaudit.example.com') },
  adminEmail: { variable: 'PLAUDIT_ADMIN_EMAIL', rule: z.email('must be an e-mail address') },
  adminPassword: { variable: 'PLAUDIT_ADMIN_PASSWORD', rule: z.string().min(8, 'must have at least 8 characters') },
  webhookPrivate: { variable: 'PLAUDIT_WEBHOOK_PRIVATE', rule: z.enum(['0', '1'], 'must be 0 or 1').transform((one) => one === '1') },
  embeddings: { variable: 'PLAUDIT_EMBEDDINGS', rule: z.string() },
  embeddingModel: { variable: 'PLAUDIT_EMBEDDING_MODEL', rule: z.string() },
  embeddingKey: { variable: 'PLAUDIT_EMBEDDING_KEY', rule: z.string() },
  embeddingPrice: {
    variable: 'PLAUDIT_EMBEDDING_PRICE',
    rule: z.coerce.number('must be a number of US dollars').min(0, 'must be 0 or more'),
  },
  project: { variable: 'PLAUDIT_PROJECT', rule: z.string().trim().min(1).max(100, 'must have at most 100 characters') },
  secretKey: { variable: 'PLAUDIT_SECRET_KEY', rule: z.string().min(16, 'must have at least 16 characters') },
  publicKey: { variable: 'PLAUDIT_PUBLIC_KEY', rule: z.string().min(16, 'must have at least 16 characters') },
} as const
type Name = keyof typeof settings
type Value<N extends Name> = z.output<(typeof settings)[N]['rule']>

const defaults = { port: 4100, host: '127.0.0.1', dataDir: '.plaudit', role: 'all' } as const

/** What `plaudit start` takes on the command line, as typed there. */
export type ConfigFlags = { [N in keyof typeof defaults]?: string | number | undefined }

/** How this server runs. Null means that it was not set. */
export type Config = { [N in keyof typeof defaults]: Value<N> } & { [N in Exclude<Name, keyof typeof defaults>]: Value<N> | null }

/**
 * Settings from the environment and the flags, checked. An empty variable counts as not set.
 * @throws ApiError `invalid_argument` with a sentence that names the variable or flag; secrets are not repeated.
 */
export function readConfig(env: Record<string, string | undefined>, flags: ConfigFlags = {}): Config {
  const read = <N extends Name>(name: N): Value<N> | null => {
    const { variable, rule } = settings[name]
    const flag = (flags as Partial<Record<Name, string | number>>)[name]
    const given = flag ?? env[variable]
    if (given === undefined || given === '') return null
    const parsed = rule.safeParse(given)
    if (parsed.success) return parsed.data as Value<N>
    const source = flag === undefined ? variable : `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    throw new ApiError('invalid_argument', `${source} ${parsed.error.issues[0]?.message ?? 'is not valid'}.`)
  }
  const config: Config = {
    port: read('port') ?? defaults.port,
    host: read('host') ?? defaults.host,
    dataDir: resolve(read('dataDir') ?? defaults.dataDir),
    role: read('role') ?? defaults.role,
    clickhouseUrl: read('clickhouseUrl'),
    postgresUrl: read('postgresUrl'),
    secret: read('secret'),
    publicUrl: read('publicUrl')?.replace(/\/+$/, '') ?? null,
    webhookPrivate: read('webhookPrivate'),
    adminEmail: read('adminEmail'),
    adminPassword: read('adminPassword'),
    embeddings: read('embeddings'),
    embeddingModel: read('embeddingModel'),
    embeddingKey: read('embeddingKey'),
    embeddingPrice: read('embeddingPrice'),
    project: read('project'),
    secretKey: read('secretKey'),
    publicKey: read('publicKey'),
  }
  for (const [one, other] of [
    ['adminEmail', 'adminPassword'],
    ['secretKey', 'publicKey'],
  ] as const) {
    const missing = config[one] === null ? one : other
    // The command line reads the secret key from the same variable, so that a shell which sends to a platform often has it alone.
    const hint = missing === 'publicKey' ? ' A server whose keys are made elsewhere starts without either.' : ''
    if ((config[one] === null) !== (config[other] === null))
      throw new ApiError(
        'invalid_argument',
        `${settings[one].variable} and ${settings[other].variable} belong together: ${settings[missing].variable} is not set.${hint}`,
      )
  }
  const isServed = config.embeddings !== null && /^https?:\/\//.test(config.embeddings)
  if (isServed && config.embeddingModel === null)
    throw new ApiError('invalid_argument', 'PLAUDIT_EMBEDDINGS is an address: name the model there in PLAUDIT_EMBEDDING_MODEL.')
  if (!isServed && config.embeddingModel !== null)
    throw new ApiError('invalid_argument', 'PLAUDIT_EMBEDDING_MODEL belongs to an endpoint: set its address in PLAUDIT_EMBEDDINGS.')
  if (config.role !== 'all' && (config.clickhouseUrl === null || config.postgresUrl === null))
    throw new ApiError(
      'invalid_argument',
      `The role ${config.role} shares its stores with other processes: set PLAUDIT_CLICKHOUSE_URL and PLAUDIT_POSTGRES_URL, or start with the role all.`,
    )
  return config
}
