import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formulaIn, withFormulas } from './math-text.ts'
import { trickyText } from './test/tricky-text.ts'

/** The formulas that a text is found to have. */
const formulas = (text: string) =>
  [...withFormulas(text).matchAll(/`+([\uE00A\uE00B][^`]*)`+/gu)].map(([, code = '']) => {
    const found = formulaIn(code)
    return `${found?.isDisplay === true ? 'display' : 'inline'} ${found?.tex}`
  })

test.each([
  [String.raw`Energy is $E = mc^2$.`, ['inline E = mc^2']],
  [String.raw`So $$\int_0^1 x\,dx$$ holds`, [String.raw`display \int_0^1 x\,dx`]],
  [String.raw`Both \(a_1\) and \[b^2\]`, ['inline a_1', 'display b^2']],
  ['$$\na\n= b\n$$', ['display a = b']],
  [String.raw`It costs \$5, or $x\$y$`, [String.raw`inline x\$y`]],
])('%s has its formulas', (text, expected) => {
  expect(formulas(text)).toEqual(expected)
})

test.each([
  'It costs $5 and then $10.',
  'From $5-$10',
  '`$a$` is code',
  '```\n$a$\n```',
  'US$5 and CA$6',
  'a $ b $ c',
  '$$$',
  String.raw`\(no end`,
])('%s has none', (text) => {
  expect(withFormulas(text)).toBe(text)
})

test('other text is left as it is, to the character', () => {
  fc.assert(
    fc.property(trickyText, trickyText, (before, after) => {
      const text = `${before} for $5 \`$x$\` ${after} or \\$6.`
      expect(withFormulas(text)).toBe(text)
    }),
  )
})
