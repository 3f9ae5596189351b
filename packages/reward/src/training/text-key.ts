import { hashText } from '../features/hash.ts'

/**
 * A number to tell texts apart by, where keeping them would fill memory: 53 bits of two hashes. Among a million texts, the chance that any two share
 * one is 6 in 100,000.
 */
export function textKey(text: string): number {
  return hashText(text, 0x51ed270b) * 2 ** 21 + (hashText(text, 0x2f6b1d93) >>> 11)
}
