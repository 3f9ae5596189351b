/** How far the server's clock is ahead of this machine's, from one answer that tells its time; half of the way there and back is taken off. */
export function clockOffset(serverNow: string, sentAt: number, receivedAt: number): number {
  return Date.parse(serverNow) - (sentAt + receivedAt) / 2
}

/** Milliseconds until a lease runs out, by the server's clock; negative afterwards. */
export function leaseLeft(expiresAt: string, now: number, offset: number): number {
  return Date.parse(expiresAt) - (now + offset)
}

type Leased = { lease: { id: string; expiresAt: string } }

/**
 * The items whose lease is to be asked for now: while somebody works, those with less than half of their time left; and once each, those that seem
 * to be over. Only the server can say that, for this machine's clock may have been set in between.
 */
export function dueForRenewal<T extends Leased>(
  held: readonly T[],
  {
    now,
    offset,
    leaseMs,
    isIdle,
    expired,
  }: { now: number; offset: number; leaseMs: number; isIdle: boolean; expired: ReadonlySet<string> },
): T[] {
  return held.filter(({ lease }) => {
    const left = leaseLeft(lease.expiresAt, now, offset)
    return left > 0 ? !isIdle && left < leaseMs / 2 : !expired.has(lease.id)
  })
}

/** Time left as it is shown: "3 d", "2 h", "14 min", and to the second below two minutes: "1:09". */
export function formatLeft(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000))
  if (seconds < 120) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 120) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`
}
