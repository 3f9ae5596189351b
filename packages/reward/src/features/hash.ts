/** Spreads 32 bits so that each input bit moves every output bit. Source: the finaliser of MurmurHash3 (Appleby 2011, public domain). */
export function mix(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** A 32-bit hash of a text's code units (FNV-1a, mixed); other seeds give unrelated hashes. Not for secrets. */
export function hashText(text: string, seed = 0): number {
  let h = 0x811c9dc5 ^ seed
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix(h)
}

/** A 64-bit fingerprint in hexadecimal, to tell accidental changes of a list of texts. */
export function fingerprint(texts: Iterable<string>): string {
  let low = 1
  let high = 2
  for (const text of texts) {
    low = mix(Math.imul(low, 31) + hashText(text, 0x9e3779b9))
    high = mix(Math.imul(high, 31) + hashText(text, 0x7f4a7c15))
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')
}
