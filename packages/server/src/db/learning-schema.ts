import type { RewardEndpoint, VectorCost } from '@plaudit/protocol'
import type { ColumnType, Generated } from 'kysely'

type Stamped = ColumnType<Date, Date | string | undefined, Date | string>
type Json<T> = ColumnType<T, string, string>

/** Tables of data sets and of the runs over them. `migrations/learning.ts` creates them. */
export type LearningDatabase = {
  dataset: {
    id: string
    project_id: string
    name: string
    version: number
    state: 'building' | 'ready' | 'failed'
    description: string
    licence: string
    provenance: string
    /** What it is made of. */
    definition: Json<Record<string, unknown>>
    card: Json<Record<string, unknown>> | null
    /** SHA-256 of the rows as JSON lines. */
    checksum: string | null
    rows: Generated<number>
    error: string | null
    created_by: string
    created_at: Stamped
  }
  /** The rows, as JSON lines packed with gzip. Written once. */
  dataset_chunk: { dataset_id: string; number: number; rows: number; lines: Uint8Array }
  /** The file that a data set is made of, until it is made. */
  dataset_file: { dataset_id: string; file: Uint8Array }
  reward_run: {
    id: string
    project_id: string
    kind: 'train' | 'evaluate'
    state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
    dataset_id: string
    model_id: string | null
    name: string
    options: Json<Record<string, unknown>>
    progress: Json<{ share: number; activity: string }>
    card: Json<Record<string, unknown>> | null
    /** What its vectors took. */
    vectors: Json<VectorCost> | null
    error: string | null
    created_by: string
    created_at: Stamped
    started_at: Stamped | null
    updated_at: Stamped
  }
  /** What vectors of outputs took, by project and encoder. `migrations/embedding.ts` creates it. */
  embedding_usage: {
    project_id: string
    model: string
    texts: string | number
    requests: string | number
    tokens: string | number
    cost_usd: number | null
    since: Date
    updated_at: Date
  }
}

/** Columns of `reward_model` for a model that is served elsewhere. */
export type ServedElsewhere = {
  endpoint: Json<RewardEndpoint> | null
  /** Its key, sealed by `access/secret-box.ts`. */
  endpoint_key: string | null
}
