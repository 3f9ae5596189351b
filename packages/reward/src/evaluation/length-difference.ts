/** Log length of the chosen output minus that of the rejected one, for each pair. */
export function lengthDifferences(pairs: readonly { chosen: string; rejected: string }[]): Float64Array {
  return Float64Array.from(pairs, (pair) => Math.log1p(pair.chosen.length) - Math.log1p(pair.rejected.length))
}
