/** A weight as it is typed, with a point or a comma before its decimals; null for what is none. */
export function weightOf(text: string): number | null {
  const typed = text.trim().replace(/^(\d*),(\d+)$/, '$1.$2')
  const weight = typed === '' ? Number.NaN : Number(typed)
  return Number.isFinite(weight) && weight >= 0 ? weight : null
}

/**
 * Weights of strata as the API takes them: `name:weight`, with commas, colons and backslashes of names behind a backslash. A weight of 0 is one, as it
 * keeps a stratum out of all others; where nothing weighs more there is no target.
 */
export function targetText(shares: Readonly<Record<string, string>>): string {
  const weights = Object.entries(shares).flatMap(([name, text]) => {
    const weight = weightOf(text)
    return weight === null ? [] : [{ name, weight }]
  })
  if (!weights.some(({ weight }) => weight > 0)) return ''
  return weights.map(({ name, weight }) => `${name.replace(/[\\,:]/g, (one) => `\\${one}`)}:${weight}`).join(',')
}

/** The weights of strata that such a text holds. */
export function targetWeights(text: string): Record<string, string> {
  const parts = text.match(/(?:\\.|[^,\\])+/gs) ?? []
  return Object.fromEntries(
    parts.flatMap((part) => {
      const [, name, share] = /^((?:\\.|[^:\\])+):(.*)$/s.exec(part) ?? []
      return name === undefined || share === undefined ? [] : [[name.replace(/\\(.)/gs, '$1'), share]]
    }),
  )
}
