/** Counts reasons, and says them in one sentence each: the `error_message` of a partial success. */
export function reasonCount() {
  const counts = new Map<string, number>()
  return {
    add: (reason: string): void => {
      counts.set(reason, (counts.get(reason) ?? 0) + 1)
    },
    get total(): number {
      let total = 0
      for (const count of counts.values()) total += count
      return total
    },
    /** For example `3 spans rejected: 2 × the start time is missing; 1 × …`, or nothing. */
    sentence(what: string): string {
      if (counts.size === 0) return ''
      const reasons = Array.from(counts, ([reason, count]) => `${count} × ${reason}`).join('; ')
      return `${this.total} ${what}${this.total === 1 ? '' : 's'} rejected: ${reasons}.`
    },
  }
}
