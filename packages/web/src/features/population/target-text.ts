/** Weights of strata as the API takes them: `name:weight`, with commas, colons and backslashes of names behind a backslash. */
export function targetText(shares: Readonly<Record<string, string>>): string {
  return Object.entries(shares)
    .filter(([, share]) => Number(share) > 0)
    .map(([name, share]) => `${name.replace(/[\\,:]/g, (one) => `\\${one}`)}:${Number(share)}`)
    .join(',')
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
