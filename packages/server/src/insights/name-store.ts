import type { EventStore } from '../events/event-store.ts'
import type { Slice, Variant } from './store.ts'

const MOST_KEPT = 20_000

/**
 * The names behind the number keys by which the overview groups. A key is a hash of its names, so a name that was looked up once stays
 * right and is kept.
 */
export function nameStore(events: EventStore) {
  /** The slices of these keys. */
  const slices = remembered<Slice>((projectId, keys) =>
    events.query(
      `SELECT cityHash64(judgment.criterion, judgment.kind, judgment.author_kind) AS key, any(judgment.criterion) AS criterion,
         any(judgment.kind) AS kind, any(judgment.author_kind) AS authorKind
       FROM feedback AS judgment WHERE project_id = {projectId:String} AND has(arrayMap(text -> toUInt64(text), {keys:Array(String)}), key) GROUP BY key`,
      { projectId, keys },
    ),
  )
  /** The variants of these keys; the key 0 is no variant. */
  const variants = remembered<Variant>((projectId, keys) =>
    events.query(
      `SELECT cityHash64(span.prompt_name, span.prompt_version, span.model) AS key, any(span.prompt_name) AS promptName,
         any(span.prompt_version) AS promptVersion, any(span.model) AS model
       FROM spans AS span WHERE project_id = {projectId:String} AND kind = 'generation' AND has(arrayMap(text -> toUInt64(text), {keys:Array(String)}), key) GROUP BY key
       SETTINGS optimize_move_to_prewhere = 0`,
      { projectId, keys },
    ),
  )
  return { slices, variants }
}

type Keyed<T> = T & { key: string }

function remembered<T>(look: (projectId: string, keys: string[]) => Promise<Keyed<T>[]>) {
  const known = new Map<string, T>()
  return async (projectId: string, keys: ReadonlySet<string>): Promise<ReadonlyMap<string, T>> => {
    const missing = [...keys].filter((key) => key !== '0' && !known.has(key))
    if (missing.length > 0) {
      if (known.size + missing.length > MOST_KEPT) known.clear()
      for (const { key, ...names } of await look(projectId, missing)) known.set(key, names as T)
    }
    return new Map([...keys].flatMap((key) => (known.has(key) ? [[key, known.get(key) as T] as const] : [])))
  }
}
