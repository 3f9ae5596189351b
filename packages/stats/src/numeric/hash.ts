/**
 * A number in [0, 1) that depends on a text alone, with 53 bits that look random: for draws that must come out the same wherever and whenever
 * they are made. Not for secrets.
 *
 * Source: the mixing steps of MurmurHash3 (Appleby 2011) over the text's UTF-16 code units, in two lanes of 32 bits. O(length).
 */
export function hashFraction(text: string): number {
  const high = mixText(text, 0x3c6ef372)
  const low = mixText(text, 0x1b873593 ^ high)
  return ((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992
}

function mixText(text: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < text.length; i += 1) {
    let block = Math.imul(text.charCodeAt(i), 0xcc9e2d51)
    block = (block << 15) | (block >>> 17)
    hash ^= Math.imul(block, 0x1b873593)
    hash = (hash << 13) | (hash >>> 19)
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0
  }
  hash ^= text.length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
