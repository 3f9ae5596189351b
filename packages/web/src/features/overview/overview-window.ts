const dayMs = 86_400_000

/** Spans of time that the overview can be about. */
export const windows = [
  { value: '24h', label: '24 hours', durationMs: dayMs },
  { value: '7d', label: '7 days', durationMs: 7 * dayMs },
  { value: '30d', label: '30 days', durationMs: 30 * dayMs },
  { value: '90d', label: '90 days', durationMs: 90 * dayMs },
] as const
export type WindowName = (typeof windows)[number]['value']

/** What the overview's address says. */
export type OverviewSearch = { window?: WindowName; prompt?: string; environment?: string }

const nonEmpty = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined)

/** Reads an address; what is unknown in it is left out. */
export function parseOverviewSearch(search: Record<string, unknown>): OverviewSearch {
  const window = windows.find(({ value }) => value === search['window'])?.value
  const prompt = nonEmpty(search['prompt'])
  const environment = nonEmpty(search['environment'])
  return {
    ...(window === undefined ? {} : { window }),
    ...(prompt === undefined ? {} : { prompt }),
    ...(environment === undefined ? {} : { environment }),
  }
}

/** The 30 days before `now` when the address names none. Its start is on a full minute, so that repeated visits ask for the same. */
export function overviewRange(window: WindowName | undefined, now: number): { from: string; to: string } {
  const { durationMs } = windows.find(({ value }) => value === (window ?? '30d')) ?? windows[2]
  const to = Math.ceil(now / 60_000) * 60_000
  return { from: new Date(to - durationMs).toISOString(), to: new Date(to).toISOString() }
}
