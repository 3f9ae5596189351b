/**
 * Makes each result once for the same key and keeps it, at most so many: the least recently asked for is given up first. Requests for one that
 * is being made share it; one that failed is made anew by whoever asks next. The key names everything that the result depends on.
 */
export function keptResults<T>(most: number) {
  type Kept = { result: Promise<T>; view: string; made?: T }
  const results = new Map<string, Kept>()

  /** @param isFresh whether a kept result still stands; left out, for as long as it is kept. */
  function get(key: string, make: () => Promise<T>, isFresh: (kept: Promise<T>) => boolean = () => true): Promise<T> {
    return find(key, make, isFresh, key).result
  }

  /**
   * The result of the key if it is made. While it is being made, which this begins, the last result of the same view that may stand for it. Of a view
   * that is asked for again and again while its state changes, one result is made at a time once there is such a last one; until then, that of each key.
   * @param view what the results of several keys have in common. @param mayStand whether a result may stand for the one that is asked for.
   */
  async function getOrLast(
    key: string,
    make: () => Promise<T>,
    { view, mayStand }: { view: string; mayStand: (last: T) => boolean },
  ): Promise<T> {
    const ofView = [...results.values()].filter((kept) => kept.view === view)
    const last = ofView.findLast(({ made }) => made !== undefined && mayStand(made))?.made
    const isMaking = ofView.some(({ made }) => made === undefined)
    if (last !== undefined && isMaking && !results.has(key)) return last
    const asked = find(key, make, () => true, view)
    return asked.made ?? last ?? asked.result
  }

  function find(key: string, make: () => Promise<T>, isFresh: (kept: Promise<T>) => boolean, view: string): Kept {
    const kept = results.get(key)
    const found = kept !== undefined && isFresh(kept.result) ? kept : begun(key, make, view)
    results.delete(key)
    results.set(key, found)
    const [oldest] = results.keys()
    if (results.size > most && oldest !== undefined) results.delete(oldest)
    return found
  }

  function begun(key: string, make: () => Promise<T>, view: string): Kept {
    const begin: Kept = { result: make(), view }
    begin.result.then(
      (made) => (begin.made = made),
      () => results.get(key) === begin && results.delete(key),
    )
    return begin
  }

  return { get, getOrLast }
}
