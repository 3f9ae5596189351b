import { describe, expect, it } from 'vitest'
import { emptyScan, scanText, scanWords } from './scan.ts'

function words(text: string): number[] {
  const scan = emptyScan()
  scanText(text, scan)
  return [...scan.words.subarray(0, scan.count)]
}

describe('scanText', () => {
  it.each([
    ['lower-cases in any script', 'Ärger ΣΟΦΙΑ Ёлка', 'ärger σοφια ёлка'],
    ['ignores punctuation and spacing', '“Well—no!”', 'well no'],
    ['keeps an apostrophe inside a word, straight or curly', 'don’t', "don't"],
    ['reads composed and decomposed letters alike', 'cafe\u0301', 'café'],
    ['reads full-width letters as letters', 'ＡＢＣ', 'abc'],
    ['takes unspaced scripts by character', '日本語', '日 本 語'],
    ['lower-cases letters beyond the basic plane', '𐐀𐐁', '𐐨𐐩'],
  ])('%s', (_, text, same) => {
    expect(words(text)).toEqual(words(same))
  })

  it('tells words apart', () => {
    expect(new Set(words("can cant can't cannot ca n t 日 本")).size).toBe(9)
  })

  it('finds no word in empty, blank or emoji-only text, nor in a lone surrogate', () => {
    for (const text of ['', ' \n\t', '…!?', '🎉🎉', '\ud83c']) expect(words(text)).toEqual([])
  })

  it('grows with the text', () => {
    expect(words('a '.repeat(5000))).toHaveLength(5000)
  })

  it.each(["I don't know, o'clock’s … ünd 日本語?", 'cafe\u0301 ＡＢＣ 𐐀𐐁 x', '- a\n\n2) b', ''])(
    'finds the same words where nothing else is asked for: %s',
    (text) => {
      const scan = emptyScan()
      scanWords(text, scan)
      expect([...scan.words.subarray(0, scan.count)]).toEqual(words(text))
    },
  )
})
