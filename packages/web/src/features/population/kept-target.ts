import { readLocal, writeLocal } from '../../ui/local-json.ts'

const keyOf = (projectId: string, strata: string) => `target-population:${projectId}:${strata}`

/** The shares that were last set for a project's strata on this machine. */
export function keptTarget(projectId: string, strata: string): string | undefined {
  return readLocal<string>(keyOf(projectId, strata)) ?? undefined
}

export function keepTarget(projectId: string, strata: string, target: string | undefined): void {
  writeLocal(keyOf(projectId, strata), target ?? null)
}
