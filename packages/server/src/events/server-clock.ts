/**
 * Versions of rows: milliseconds since the epoch times 2^20 plus a counter. They only grow, also when the
 * system's clock is set back, and later processes continue above earlier ones.
 */
export function serverClock(nowMs: () => number = Date.now): () => bigint {
  let lastMs = 0
  let counter = 0
  return () => {
    const ms = nowMs()
    if (ms > lastMs) {
      lastMs = ms
      counter = 0
    } else {
      counter += 1
      if (counter === 1 << 20) {
        lastMs += 1
        counter = 0
      }
    }
    return BigInt(lastMs) * 1_048_576n + BigInt(counter)
  }
}
