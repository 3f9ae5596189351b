import { seededRandom } from '@plaudit/stats'

/** Each row's weight times how often its group occurs in a sample, with replacement, of the groups that have weight. */
export function resampleGroups(groups: Int32Array, weight: Float64Array, seed: number): Float64Array {
  const present = [...new Set(groups.filter((_, row) => weight[row]! > 0))]
  const random = seededRandom(seed)
  const draws = new Map<number, number>()
  for (let i = 0; i < present.length; i += 1) {
    const group = present[random.int(present.length)]!
    draws.set(group, (draws.get(group) ?? 0) + 1)
  }
  return weight.map((value, row) => value * (draws.get(groups[row]!) ?? 0))
}

/** The weights of several fits side by side, so that scoring finds all weights of a word together. */
export function interleave(fits: readonly ArrayLike<number>[]): Float32Array {
  const columns = fits[0]?.length ?? 0
  const weights = new Float32Array(columns * fits.length)
  fits.forEach((fitted, member) => {
    for (let column = 0; column < columns; column += 1) weights[column * fits.length + member] = fitted[column]!
  })
  return weights
}
