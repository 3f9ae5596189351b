import { ApiError, type Queue } from '@plaudit/protocol'
import type { PlauditClient } from '@plaudit/sdk'

/** The queue with this id or name, or null. @throws ApiError `conflict` when several have the name. */
export async function findQueue(client: PlauditClient, nameOrId: string): Promise<Queue | null> {
  const found: Queue[] = []
  let cursor: string | undefined
  do {
    const page = await client.queues.list({ limit: 200, ...(cursor === undefined ? {} : { cursor }) })
    found.push(...page.items.filter(({ id, name }) => id === nameOrId || name === nameOrId))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  if (found.length > 1) throw new ApiError('conflict', `${found.length} queues are named ${nameOrId}: use the id, such as ${found[0]?.id}.`)
  return found[0] ?? null
}
