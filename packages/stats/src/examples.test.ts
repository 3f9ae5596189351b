import { readFileSync, readdirSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import * as stats from './index.ts'

/** What stands before and after `// =>` under every `@example` of this package. */
const examples = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .flatMap((file) => {
    const text = readFileSync(`${import.meta.dirname}/${file}`, 'utf8')
    const blocks = Array.from(text.matchAll(/@example\n([\s\S]*?)\n \*\//g), ([, block]) => block!.replaceAll(/^ \* ?/gm, ''))
    return blocks.flatMap((block) =>
      Array.from(block.matchAll(/([\s\S]+?) \/\/ => (.+)\n?/g), ([, expression, value]) => ({ expression: expression!, value: value! })),
    )
  })

/** Runs the example with everything that the package exports in scope. */
function run(expression: string): unknown {
  return runInNewContext(`(${expression})`, { ...stats, Int32Array, Float64Array }) as unknown
}

test('the package has examples', () => expect(examples.length).toBeGreaterThan(20))

test.each(examples)('$expression is $value', ({ expression, value }) => {
  const expected = run(value)
  if (typeof expected === 'number') expect(run(expression)).toBeCloseTo(expected, 6)
  else expect(run(expression)).toEqual(expected)
})
