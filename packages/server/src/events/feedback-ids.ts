import type { Clickhouse } from '../db/clickhouse.ts'
import { keyFilter } from './key-filter.ts'

/**
 * Which feedback ids are surely new, without asking the store: clients that name their own ids would otherwise pay for a look-up before every
 * write. For a process that alone writes to the store. The ids are read in the background, once somebody asks; until then none is said to be new.
 */
export function feedbackIds(clickhouse: Pick<Clickhouse, 'stream'>) {
  const known = keyFilter()
  let isComplete = false
  let reading: Promise<void> | null = null

  const keyOf = (projectId: string, id: string) => `${projectId} ${id}`
  function add(projectId: string, id: string): void {
    const key = keyOf(projectId, id)
    if (!known.mayHave(key)) known.add(key)
  }

  async function read(): Promise<void> {
    for await (const rows of clickhouse.stream<[string, string]>('SELECT project_id, feedback_id FROM feedback'))
      for (const [projectId, id] of rows) add(projectId, id)
    isComplete = true
  }

  return {
    add,
    /** True when the id was never written and this is the first claim of it. */
    claim(projectId: string, id: string): boolean {
      // What the store would not tell now is asked again with the next claim.
      if (!isComplete) reading ??= read().catch(() => void (reading = null))
      const isNew = isComplete && !known.mayHave(keyOf(projectId, id))
      add(projectId, id)
      return isNew
    },
  }
}
