import type { RewardBackfill, Role } from '@plaudit/protocol'
import type { LearningDatabase, ServedElsewhere } from './learning-schema.ts'
import type { ReviewDatabase } from './review-schema.ts'
import type { ColumnType, Generated, Kysely, Transaction } from 'kysely'

/** A time that the database fills in unless it is given. */
type Stamped = ColumnType<Date, Date | string | undefined, Date | string>
/** JSON: read as what it is, written as text (`JSON.stringify`), because drivers disagree on arrays. */
type Json<T> = ColumnType<T, string, string>
type JsonWithDefault<T> = ColumnType<T, string | undefined, string>

// The first four belong to better-auth, which names its columns in camel case.
export type UserTable = {
  id: string
  name: string
  email: string
  emailVerified: Generated<boolean>
  image: Generated<string | null>
  createdAt: Stamped
  updatedAt: Stamped
  /** Ours: set for an account that an owner made, until the person chose a password. */
  mustChangePassword: Generated<boolean>
}
export type SessionTable = {
  id: string
  expiresAt: Date
  token: string
  createdAt: Stamped
  updatedAt: Stamped
  ipAddress: string | null
  userAgent: string | null
  userId: string
}
export type AccountTable = {
  id: string
  accountId: string
  providerId: string
  userId: string
  accessToken: Generated<string | null>
  refreshToken: Generated<string | null>
  idToken: Generated<string | null>
  accessTokenExpiresAt: Generated<Date | null>
  refreshTokenExpiresAt: Generated<Date | null>
  scope: Generated<string | null>
  password: string | null
  createdAt: Stamped
  updatedAt: Stamped
}
export type VerificationTable = { id: string; identifier: string; value: string; expiresAt: Date; createdAt: Stamped; updatedAt: Stamped }

export type ProjectTable = {
  id: string
  name: string
  slug: string
  settings: JsonWithDefault<Record<string, unknown>>
  created_at: Stamped
}
export type MembershipTable = { project_id: string; user_id: string; role: Role; created_at: Stamped }
export type ApiKeyTable = {
  id: string
  project_id: string
  name: string
  public_key: string
  /** Hash of the secret key, which itself is shown once and never stored. */
  secret_hash: string
  /** The secret key's last characters, to tell keys apart. */
  secret_hint: string
  created_at: Stamped
  last_used_at: Generated<Date | null>
  revoked_at: Generated<Date | null>
}
/** Where a run over stored spans stands in their key: start in milliseconds, trace, span. */
export type BackfillCursor = [startMs: number, traceId: string, spanId: string]
export type RewardModelTable = ServedElsewhere & {
  id: string
  project_id: string
  name: string
  version: number
  state: 'active' | 'shadow' | 'archived'
  /** The model file as `plaudit reward train` writes it; null for a model that is served elsewhere. */
  file: Uint8Array | null
  /** Its report card. */
  report: Json<Record<string, unknown>>
  /** What it was trained on and how. */
  training: JsonWithDefault<Record<string, unknown>>
  /** Share of new spans that it scores. */
  sample_rate: Generated<number>
  /** When it last became active. */
  activated_at: Date | null
  /** Up to here in the order of arrival every new span is scored; null while the model was never active or shadow. */
  scored_to: Date | null
  /** The run over stored spans, if one was asked for. */
  backfill: Json<RewardBackfill & { cursor: BackfillCursor | null }> | null
  created_by: string
  created_at: Stamped
}
export type AuditLogTable = {
  id: string
  project_id: string | null
  /** Id of the person, or of the key that acted. */
  actor: string
  action: string
  subject: string
  detail: JsonWithDefault<Record<string, unknown>>
  time: Stamped
}
/** What the installation remembers about itself. */
export type SettingTable = { name: string; value: Json<unknown> }

/** Every table of the transactional store. `migrations/postgres.ts` creates them. */
export type Database = ReviewDatabase &
  LearningDatabase & {
    user: UserTable
    session: SessionTable
    account: AccountTable
    verification: VerificationTable
    project: ProjectTable
    membership: MembershipTable
    api_key: ApiKeyTable
    reward_model: RewardModelTable
    audit_log: AuditLogTable
    setting: SettingTable
  }

/** The pool, which can begin a transaction. It is not assignable from a transaction, so none can be begun inside another. */
export type Db = Kysely<Database> & { readonly isTransaction: false }
/** The pool or a transaction: what a store's functions take, so that they work inside either. */
export type Queryable = Db | Transaction<Database>
