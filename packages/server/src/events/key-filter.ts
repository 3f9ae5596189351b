/** Bits for each key; with as many probes as below, one unknown key in about 2,000 looks known. */
const BITS = 16
const PROBES = 8
const FIRST_CAPACITY = 1 << 16

type Layer = { bits: Uint32Array; mask: number; free: number }

/**
 * A set of keys that forgets which they are but answers for sure that one was never added, in two bytes a key. It grows by layers, each twice
 * the last. Source: Bloom, Space/time trade-offs in hash coding with allowable errors, CACM 13(7), 1970; probes by double hashing after
 * Kirsch and Mitzenmacher, ESA 2006.
 */
export function keyFilter() {
  const layers: Layer[] = []

  function add(key: string): void {
    let newest = layers.at(-1)
    if (newest === undefined || newest.free === 0) {
      const capacity = FIRST_CAPACITY << layers.length
      newest = { bits: new Uint32Array((capacity * BITS) / 32), mask: capacity * BITS - 1, free: capacity }
      layers.push(newest)
    }
    newest.free -= 1
    const [start, step] = hashesOf(key)
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = (start + Math.imul(probe, step)) & newest.mask
      newest.bits[bit >>> 5]! |= 1 << (bit & 31)
    }
  }

  /** False: the key was never added. True: it was, or happens to look like it. */
  function mayHave(key: string): boolean {
    const [start, step] = hashesOf(key)
    return layers.some(({ bits, mask }) => {
      for (let probe = 0; probe < PROBES; probe += 1) {
        const bit = (start + Math.imul(probe, step)) & mask
        if (((bits[bit >>> 5]! >>> (bit & 31)) & 1) === 0) return false
      }
      return true
    })
  }

  return { add, mayHave }
}

/** Two 32-bit hashes in one pass, the second odd so that its multiples reach every place of a table whose size is a power of two. */
function hashesOf(key: string): [number, number] {
  let one = 0x9e3779b9
  let two = 0x85ebca6b
  for (let at = 0; at < key.length; at += 1) {
    const unit = key.charCodeAt(at)
    one = Math.imul(one ^ unit, 0x01000193)
    two = Math.imul(two ^ unit, 0x5bd1e995)
    two ^= two >>> 15
  }
  return [mixed(one), mixed(two) | 1]
}

/** The finalizer of MurmurHash3: every bit of the input moves every bit of the output. */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
