import { createClient } from '@plaudit/sdk'
import type { Operator } from '@plaudit/server'
import { z } from 'zod'
import { upload } from '../client/upload.ts'
import { createQueues } from './create-queues.ts'
import { generateSample } from './generate-sample.ts'

/** Where the installation remembers that it has the sample project. */
const MEMORY = 'sample-project'
const memorySchema = z.object({ seed: z.int(), nowMs: z.number(), isComplete: z.boolean() })
const SEED = 20_260_504

export const sampleProjectName = 'Sample project'

/**
 * Puts the sample project into a running server, through its public interface. A creation that was cut short is finished with the same
 * records at the next call; a complete one is left alone for ever, also when it was renamed or emptied.
 * @returns whether anything was written.
 */
export async function createSample(
  server: { url: string; operator: Operator },
  onProgress: (written: { spans: number; feedback: number }) => void = () => {},
): Promise<boolean> {
  const { operator, url } = server
  const known = memorySchema.safeParse(await operator.recall(MEMORY)).data
  if (known?.isComplete === true) return false
  const begun = known ?? { seed: SEED, nowMs: Date.now(), isComplete: false }
  if (known === undefined) await operator.remember(MEMORY, begun)
  const projectId = await operator.ensureProject(sampleProjectName)
  const key = await operator.createKey(projectId, 'Fills the sample project')
  try {
    const client = createClient({ baseUrl: url, key: key.secretKey })
    const cases = [...generateSample(begun)]
    const { refused } = await upload(client, cases, onProgress)
    if (refused[0] !== undefined) throw new Error(`the sample project was refused: ${refused[0].reason}`)
    await createQueues(client, { cases, nowMs: begun.nowMs })
  } finally {
    await operator.revokeKey(projectId, key.id)
  }
  await operator.remember(MEMORY, { ...begun, isComplete: true })
  return true
}
