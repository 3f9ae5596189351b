/**
 * Makes each result once for the same key and keeps it, at most so many: the least recently asked for is given up first. Requests for one that
 * is being made share it; one that failed is made anew by whoever asks next. The key names everything that the result depends on.
 */
export function keptResults<T>(most: number) {
  const results = new Map<string, Promise<T>>()

  /** @param isFresh whether a kept result still stands; left out, for as long as it is kept. */
  function get(key: string, make: () => Promise<T>, isFresh: (kept: Promise<T>) => boolean = () => true): Promise<T> {
    const kept = results.get(key)
    const result = kept !== undefined && isFresh(kept) ? kept : make()
    results.delete(key)
    results.set(key, result)
    result.catch(() => results.get(key) === result && results.delete(key))
    const [oldest] = results.keys()
    if (results.size > most && oldest !== undefined) results.delete(oldest)
    return result
  }

  return { get }
}
