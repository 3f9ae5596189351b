import type { RewardModel } from '@plaudit/sdk'

/** The model that was active before an active one; null where there is none, or it is not active. */
export function rollbackOf(model: RewardModel, models: readonly RewardModel[]): RewardModel | null {
  if (model.state !== 'active') return null
  const earlier = models.filter(({ id, state, activatedAt }) => id !== model.id && state === 'archived' && activatedAt !== null)
  return earlier.toSorted((a, b) => (b.activatedAt ?? '').localeCompare(a.activatedAt ?? ''))[0] ?? null
}
