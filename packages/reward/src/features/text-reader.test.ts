import { seededRandom } from '@plaudit/stats'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { featurizer } from './featurizer.ts'
import { hashText } from './hash.ts'
import { javascriptReader } from './javascript-reader.ts'
import { sourceSha256 } from './text-reader.gen.ts'
import { wasmReader } from './wasm-reader.ts'

/** What ends, joins or changes words in some script, and what begins a line. */
const pieces =
  "don't| |  |\n|- |1. |123) |# |```|é|e\u0301|日本|ไทย|𐐀|𐐨|𠀀|🎉|\ud83c|\udf89|’|’s|“|…|。|？|、|Ａ|ﬁ|İ|?|!|.|'|I|sorry|the|HELLO|42|\0|\t|* x|• ".split(
    '|',
  )

/** Texts of such pieces, and of any units. */
function* randomTexts(count: number): Generator<string> {
  const random = seededRandom(7)
  for (let i = 0; i < count; i += 1) {
    let text = ''
    for (let k = random.int(24); k > 0; k -= 1)
      text += random.int(3) > 0 ? pieces[random.int(pieces.length)]! : String.fromCharCode(random.int(random.int(2) > 0 ? 65_536 : 128))
    yield text
  }
}

function featuresOf(featurize: ReturnType<typeof featurizer>, input: string, output: string) {
  const { buckets, count, value, traits } = featurize(input, output)
  return { buckets: [...buckets.subarray(0, count)], value, traits: [...traits].map(Math.fround) }
}

describe('the reader in WebAssembly', () => {
  it('was built from the source beside it', () => {
    const source = readFileSync(new URL('../../kernel/text-reader.ts', import.meta.url))
    expect(createHash('sha256').update(source).digest('hex')).toBe(sourceSha256)
  })

  it.each([true, false])('finds the same as that in JavaScript in any text; with character n-grams: %s', (characters) => {
    const wasm = featurizer({ characters }, wasmReader()!)
    const javascript = featurizer({ characters }, javascriptReader())
    let input = ''
    for (const output of [...randomTexts(3000), 'a'.repeat(9000), '日本 x. '.repeat(5000), '']) {
      expect(featuresOf(wasm, input, output)).toEqual(featuresOf(javascript, input, output))
      input = output
    }
  })

  it('is shared by featurizers that take turns', () => {
    const [one, other] = [featurizer({ characters: true }), featurizer({ characters: false })]
    const before = featuresOf(one, 'Is it warm?', 'It is warm.')
    featuresOf(other, 'Else?', 'Something else.')
    expect(featuresOf(one, 'Is it warm?', 'It is warm.')).toEqual(before)
  })
})

it('features stay as they are while the specification does, so that model files score as before', () => {
  const featurize = featurizer({ characters: true })
  const found = [...randomTexts(200)].map((text) => JSON.stringify(featuresOf(featurize, 'Is it warm? Why?', text)))
  expect(hashText(found.join('\n'))).toBe(1_322_976_684)
})
