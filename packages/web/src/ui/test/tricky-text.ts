import fc from 'fast-check'

/** Text with what breaks naive offsets: emoji sequences, combining accents, right-to-left letters, CJK outside the basic plane. */
export const trickyText = fc
  .array(fc.constantFrom('a', 'word', ' ', '\n', '👍', '👩🏽‍🚀', 'e\u0301', 'ñ', 'שלום', 'مرحبا', '漢字', '𠮷', '🇩🇪', '.', '\ud83d'), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''))
