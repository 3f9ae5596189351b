import type { Logger } from 'pino'

export type Background = ReturnType<typeof background>

/** Work that goes on after its request was answered. Whatever a crash or an error leaves undone must be found and done again by a worker. */
export function background(log: Logger) {
  const running = new Set<Promise<void>>()

  return {
    /** @param problem what is logged when it fails. */
    run(work: Promise<unknown>, problem: string): void {
      const one = work.then(
        () => {},
        (error: unknown) => log.warn({ err: error }, problem),
      )
      running.add(one)
      void one.then(() => running.delete(one))
    },
    /** Resolves once nothing is under way. */
    async settled(): Promise<void> {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
