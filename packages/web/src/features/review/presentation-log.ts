/** How an item stands on the screen at a moment. */
export type Presentation = {
  rendering: 'rendered' | 'raw'
  differences: boolean
  guideline: boolean
  scroll: 'synchronised' | 'independent'
}

/** Remembers how each item was presented, from when it came into view until it is decided: it is stored with the judgment. */
export class PresentationLog {
  readonly #seen = new Map<string, { last: Presentation; renderings: Set<string>; differences: boolean; guideline: boolean }>()

  /** Notes how an item is shown now. */
  see(itemId: string, now: Presentation): void {
    const before = this.#seen.get(itemId)
    const renderings = before?.renderings ?? new Set<string>()
    renderings.add(now.rendering)
    this.#seen.set(itemId, {
      last: now,
      renderings,
      differences: now.differences || before?.differences === true,
      guideline: now.guideline || before?.guideline === true,
    })
  }

  /** What is stored with the judgment on an item, after which it is forgotten. */
  take(itemId: string): Record<string, unknown> {
    const seen = this.#seen.get(itemId)
    this.#seen.delete(itemId)
    if (seen === undefined) return {}
    const { last, renderings, differences, guideline } = seen
    return {
      rendering: last.rendering,
      renderingsShown: [...renderings],
      differencesShown: differences,
      guidelineShown: guideline,
      scroll: last.scroll,
    }
  }
}
