/** Longer without a sign of life is not work. */
export const IDLE_MS = 120_000

/**
 * Time at work on one item. Between two signs of life (a key, the pointer, scrolling) the time counts when they are at most two minutes apart,
 * and not at all otherwise. Times are milliseconds of a clock that only goes forward; the wall clock may be wrong or be set.
 */
export class ActiveTime {
  #counted: number
  #last: number | null = null

  /** `counted` is what was worked on the item before. */
  constructor(counted = 0) {
    this.#counted = counted
  }

  /** A sign of life. */
  touch(now: number): void {
    this.#counted = this.total(now)
    this.#last = now
  }

  /** The item leaves the screen: what is not counted yet is, and the clock stops. */
  stop(now: number): void {
    this.#counted = this.total(now)
    this.#last = null
  }

  /** Milliseconds of work so far. */
  total(now: number): number {
    const gap = this.#last === null ? 0 : now - this.#last
    return this.#counted + (gap <= IDLE_MS ? Math.max(0, gap) : 0)
  }

  isIdle(now: number): boolean {
    return this.#last === null || now - this.#last > IDLE_MS
  }
}
