/** Tells on standard error how far a long piece of work has come, and how long it will still take; on a terminal in one line that is rewritten. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr) {
  const start = performance.now()
  return {
    show(activity: string, done: number, of: number): void {
      if (!stream.isTTY) return
      const remainingMs = ((performance.now() - start) / Math.max(done, 1)) * (of - done)
      stream.write(`\r\x1b[K${activity}: ${Math.round((100 * done) / of)} %, ${duration(remainingMs)} left`)
    },
    clear(): void {
      if (stream.isTTY) stream.write('\r\x1b[K')
    },
  }
}

/** A duration in words, rounded up to whole seconds: `40 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
