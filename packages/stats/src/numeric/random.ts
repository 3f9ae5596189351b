import { checkInteger } from '../check.ts'

/** A reproducible stream of random numbers: the same seed gives the same bits on every machine. */
export interface Random {
  /** Uniform in [0, 1), with 53 random bits. */
  next(): number
  /** Uniform among 0, 1, …, n − 1. */
  int(n: number): number
  /** Standard normal, by Marsaglia's polar method. */
  normal(): number
}

/**
 * A seeded generator, the only source of randomness in this package. Not for secrets.
 *
 * @param seed Integer; its low 32 bits count. Near seeds give unrelated streams.
 * @param stream Which of many unrelated streams of the seed, from 0, the default.
 * @throws StatsError `range` for a seed or stream that is no integer.
 *
 * Source: xoshiro128** 1.1 (Blackman & Vigna 2021, ACM TOMS 47(4), doi:10.1145/3460772), seeded by splitmix32.
 */
export function seededRandom(seed: number, stream = 0): Random {
  checkInteger('seed', seed)
  checkInteger('stream', stream, 0)
  let state = stream === 0 ? seed | 0 : scramble((scramble(seed | 0) + stream) | 0)
  const splitmix = () => {
    state = (state + 0x9e3779b9) | 0
    return scramble(state)
  }
  let a = splitmix()
  let b = splitmix()
  let c = splitmix()
  let d = splitmix()
  if ((a | b | c | d) === 0) d = 1

  const bits = () => {
    const product = Math.imul(b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9)
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = (d << 11) | (d >>> 21)
    return result >>> 0
  }
  const next = () => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992
  let spare: number | null = null

  return {
    next,
    // One 32-bit draw is enough below 2^21: its bias is under n / 2^32.
    int: (n) => Math.floor(n <= 2097152 ? (bits() / 4294967296) * n : next() * n),
    normal() {
      if (spare !== null) {
        const value = spare
        spare = null
        return value
      }
      for (;;) {
        const u = 2 * next() - 1
        const v = 2 * next() - 1
        const square = u * u + v * v
        if (square > 0 && square < 1) {
          const scale = Math.sqrt((-2 * Math.log(square)) / square)
          spare = v * scale
          return u * scale
        }
      }
    },
  }
}

/** The finaliser of splitmix32: a bijection of 32 bits. */
function scramble(z: number): number {
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return z ^ (z >>> 15)
}
