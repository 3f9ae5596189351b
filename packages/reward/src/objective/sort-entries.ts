/** Runs that are sorted together: few enough that they stay near, many enough that going over all columns costs little. */
const CHUNK = 16_384

/**
 * Puts the entries of each run in the order of their columns, in place. Where frequent columns come first, neighbouring entries then have
 * neighbouring weights, and a pass over the rows is several times as fast.
 */
export function sortEntries({ start, column }: Record<'start' | 'column', Int32Array>, columns: number): void {
  const runs = start.length - 1
  const place = new Int32Array(columns + 1)
  let runOf = new Int32Array(0)
  for (let first = 0; first < runs; first += CHUNK) {
    const last = Math.min(first + CHUNK, runs)
    const [from, to] = [start[first]!, start[last]!]
    if (runOf.length < to - from) runOf = new Int32Array(to - from)
    // By column, in the order of runs; then back by run, in the order of columns.
    place.fill(0)
    for (let k = from; k < to; k += 1) place[column[k]! + 1]! += 1
    for (let j = 0; j < columns; j += 1) place[j + 1]! += place[j]!
    const ends = place.slice(1)
    for (let run = first; run < last; run += 1)
      for (let k = start[run]!, end = start[run + 1]!; k < end; k += 1) runOf[place[column[k]!]!++] = run
    const next = start.slice(first, last)
    for (let j = 0, at = 0; j < columns; j += 1) for (const end = ends[j]!; at < end; at += 1) column[next[runOf[at]! - first]!++] = j
  }
}
