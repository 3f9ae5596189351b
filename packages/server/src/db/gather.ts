import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'

type Batch<K, V> = { keys: K[]; answer: PromiseWithResolvers<V> }

/**
 * Shares look-ups between concurrent callers: while one is under way, the keys asked for meanwhile wait and are looked up together in the
 * next one. A caller alone waits for nothing; a thousand at once cost two look-ups.
 * @param load answers for all keys at once; every caller of a batch gets the same answer and picks its own part.
 * @param restMs pause after each look-up, in which more keys collect: under load look-ups are fewer and larger.
 */
export function gather<K, V>(load: (keys: K[]) => Promise<V>, { restMs = 0 } = {}): (keys: readonly K[]) => Promise<V> {
  let waiting: Batch<K, V> | null = null
  let running = false

  async function run(): Promise<void> {
    running = true
    while (waiting !== null) {
      // One turn of the event loop lets in what has arrived: the embedded store answers on the loop's own thread, which nothing gets through meanwhile.
      await nextTurn()
      const batch: Batch<K, V> = waiting
      waiting = null
      await load(batch.keys).then(batch.answer.resolve, batch.answer.reject)
      if (restMs > 0) await sleep(restMs)
    }
    running = false
  }

  return (keys) => {
    const batch = (waiting ??= { keys: [], answer: Promise.withResolvers<V>() })
    batch.keys.push(...keys)
    if (!running) void run()
    return batch.answer.promise
  }
}
