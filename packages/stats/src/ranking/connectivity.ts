/** Who is reached from whom by chains of wins. A tie counts both ways. */
export interface Connectivity {
  /** Of systems that are compared with each other, directly or through others. */
  group: Int32Array
  groups: number
  /** Of systems that have each beaten (or tied) each other, directly or through others. */
  strong: Int32Array
  strongs: number
}

/**
 * Finds the groups in a graph of wins, by Tarjan's algorithm. Strengths are finite exactly if all systems are in one strong group.
 *
 * Source: Ford (1957), American Mathematical Monthly 64(8), doi:10.2307/2308513; Tarjan (1972), SIAM J. Computing 1(2). O(systems + edges).
 */
export function winConnectivity(systems: number, winners: ArrayLike<number>, losers: ArrayLike<number>): Connectivity {
  const forward = adjacency(systems, winners, losers)
  const backward = adjacency(systems, losers, winners)
  const { component: strong, count: strongs } = strongComponents(systems, forward)
  const group = new Int32Array(systems).fill(-1)
  let groups = 0
  for (let root = 0; root < systems; root += 1) {
    if (group[root]! >= 0) continue
    const open = [root]
    group[root] = groups
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const { start, to } of [forward, backward]) {
        for (let e = start[node]!; e < start[node + 1]!; e += 1) {
          const next = to[e]!
          if (group[next]! >= 0) continue
          group[next] = groups
          open.push(next)
        }
      }
    }
    groups += 1
  }
  return { group, groups, strong, strongs }
}

/** The index of the largest group. */
export function largestGroup(group: Int32Array, groups: number): number {
  const sizes = new Int32Array(groups)
  for (const g of group) sizes[g]! += 1
  return sizes.indexOf(Math.max(...sizes))
}

interface Adjacency {
  start: Int32Array
  to: Int32Array
}

function adjacency(systems: number, from: ArrayLike<number>, to: ArrayLike<number>): Adjacency {
  const start = new Int32Array(systems + 1)
  for (let e = 0; e < from.length; e += 1) start[from[e]! + 1]! += 1
  for (let i = 0; i < systems; i += 1) start[i + 1]! += start[i]!
  const next = start.slice()
  const targets = new Int32Array(from.length)
  for (let e = 0; e < from.length; e += 1) {
    targets[next[from[e]!]!] = to[e]!
    next[from[e]!]! += 1
  }
  return { start, to: targets }
}

function strongComponents(systems: number, { start, to }: Adjacency) {
  const component = new Int32Array(systems).fill(-1)
  const order = new Int32Array(systems).fill(-1)
  const low = new Int32Array(systems)
  const next = start.slice(0, systems)
  const stack: number[] = []
  const path: number[] = []
  let clock = 0
  let count = 0
  const enter = (node: number) => {
    order[node] = clock
    low[node] = clock
    clock += 1
    stack.push(node)
    path.push(node)
  }
  for (let root = 0; root < systems; root += 1) {
    if (order[root]! >= 0) continue
    enter(root)
    while (path.length > 0) {
      const node = path.at(-1)!
      if (next[node]! < start[node + 1]!) {
        const target = to[next[node]!]!
        next[node]! += 1
        if (order[target]! < 0) enter(target)
        else if (component[target]! < 0) low[node] = Math.min(low[node]!, order[target]!)
        continue
      }
      path.pop()
      const parent = path.at(-1)
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!)
      if (low[node] !== order[node]) continue
      for (let member = stack.pop()!; ; member = stack.pop()!) {
        component[member] = count
        if (member === node) break
      }
      count += 1
    }
  }
  return { component, count }
}
