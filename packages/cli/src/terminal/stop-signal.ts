const GRACE_MS = 1_000

/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP. A second one after a second ends the process at once, for people who will not wait;
 * within that second it is the same key press, which reached us along two ways.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let firstMs: number | null = null
    const stop = () => {
      if (firstMs !== null && Date.now() - firstMs > GRACE_MS) process.exit(1)
      firstMs ??= Date.now()
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
}
