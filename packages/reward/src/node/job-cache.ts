import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { fingerprint } from '../features/hash.ts'
import { specificationHash } from '../features/specification.ts'
import type { Job, JobResult } from '../training/job.ts'
import { fingerprintOf } from '../training/plan.ts'
import type { Prepared } from '../training/prepare.ts'

type Result = JobResult[Job['task']]

/** Finished jobs on disk, so that an interrupted training goes on where it stopped. */
export interface JobCache {
  read(batch: number, index: number): Promise<Result | null>
  write(batch: number, index: number, result: Result): Promise<void>
}

/** The finished jobs of exactly this training, in a folder that several trainings may share. */
export async function openJobCache(folder: string, prepared: Prepared): Promise<JobCache> {
  const { folds, seed, members } = prepared.options
  const weights = fingerprint(Array.from(prepared.set.weight, String))
  const name = fingerprint([
    specificationHash(prepared.set.features),
    fingerprintOf(prepared),
    weights,
    JSON.stringify({ folds, seed, members }),
  ])
  const path = join(folder, name)
  await mkdir(path, { recursive: true })
  const fileOf = (batch: number, index: number) => join(path, `${batch}-${index}`)
  return {
    async read(batch, index) {
      try {
        return deserialize(await readFile(fileOf(batch, index))) as Result
      } catch {
        // Not done yet, or cut off while it was written: then it is done again.
        return null
      }
    },
    async write(batch, index, result) {
      const file = fileOf(batch, index)
      await writeFile(`${file}.part`, serialize(result))
      await rename(`${file}.part`, file)
    },
  }
}
