import type { Value } from '../agreement/ratings.ts'
import { StatsError } from '../error.ts'
import { growingList, nameIndex } from '../numeric/growing-list.ts'

export interface RankedList {
  /**
   * What was ranked, best first, in groups: names in one group were not told apart. What was shown but not ranked is the last group. A list of
   * names, not of groups, has no ties.
   */
  ranking: readonly (Value | readonly Value[])[]
  /** What was judged (the prompt), and by whom: for intervals that are clustered by them. */
  item?: Value | undefined
  rater?: Value | undefined
}

/** Rankings in long form. */
export interface Rankings {
  /** Members of ranking k: entries `start[k]` up to before `start[k + 1]`, best first. */
  readonly start: Int32Array
  /** Index into `names`. */
  readonly members: Int32Array
  /** For each entry, the place of its group in the ranking, from 0. */
  readonly places: Int32Array
  readonly items: Int32Array | null
  readonly raters: Int32Array | null
  readonly names: readonly string[]
}

/**
 * Brings rankings into the compact form that `plackettLuce` reads.
 *
 * @throws StatsError `shape` for a name that is ranked twice in a list, an empty group, or an item (or rater) in some rows only.
 *
 * @example
 * encodeRankings([{ ranking: ['a', ['b', 'c']] }]).places // => Int32Array.of(0, 1, 1)
 */
export function encodeRankings(rows: Iterable<RankedList>): Rankings {
  const [names, itemNames, raterNames] = [nameIndex(), nameIndex(), nameIndex()]
  const [start, members, places, items, raters] = [growingList(), growingList(), growingList(), growingList(), growingList()]
  let row = 0
  for (const { ranking, item, rater } of rows) {
    start.push(members.length)
    const seen = new Set<number>()
    for (const [place, group] of ranking.entries()) {
      const list = isGroup(group) ? group : [group]
      const refuse = (expected: string, received: unknown) =>
        new StatsError({ code: 'shape', argument: `rows[${row}].ranking[${place}]`, expected, received })
      if (list.length === 0) throw refuse('a name or a group of names', list)
      for (const name of list) {
        const code = names.codeOf(String(name))
        if (seen.has(code)) throw refuse('every name once', name)
        seen.add(code)
        members.push(code)
        places.push(place)
      }
    }
    if (item !== undefined) items.push(itemNames.codeOf(String(item)))
    if (rater !== undefined) raters.push(raterNames.codeOf(String(rater)))
    row += 1
  }
  start.push(members.length)
  const column = (argument: string, codes: ReturnType<typeof growingList>) => {
    if (codes.length === 0) return null
    if (codes.length === row) return codes.toInt32Array()
    throw new StatsError({ code: 'shape', argument, expected: 'a value in every row or in none', received: `${codes.length} of ${row}` })
  }
  return {
    start: start.toInt32Array(),
    members: members.toInt32Array(),
    places: places.toInt32Array(),
    items: column('item', items),
    raters: column('rater', raters),
    names: names.names(),
  }
}

function isGroup(entry: Value | readonly Value[]): entry is readonly Value[] {
  return typeof entry === 'object'
}
