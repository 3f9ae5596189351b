/** A pause that whoever has a reason can end early. */
export function endablePause() {
  let endNow: (() => void) | null = null
  return {
    /** Resolves after so many milliseconds, or when it is ended. One at a time. */
    wait(ms: number): Promise<void> {
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms)
        endNow = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    },
    /** Ends the pause, if there is one. */
    end: (): void => endNow?.(),
  }
}
