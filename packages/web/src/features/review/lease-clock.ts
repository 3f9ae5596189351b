/** How far the server's clock is ahead of this machine's, from one answer that tells its time; half of the way there and back is taken off. */
export function clockOffset(serverNow: string, sentAt: number, receivedAt: number): number {
  return Date.parse(serverNow) - (sentAt + receivedAt) / 2
}

/** Milliseconds until a lease runs out, by the server's clock; negative afterwards. */
export function leaseLeft(expiresAt: string, now: number, offset: number): number {
  return Date.parse(expiresAt) - (now + offset)
}

/** Whether a lease in use should be renewed now: less than half of it is left, and it has not run out. */
export function needsRenewal(left: number, leaseMs: number): boolean {
  return left > 0 && left < leaseMs / 2
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
