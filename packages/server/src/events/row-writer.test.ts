import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinRows, RowWriter } from './row-writer.ts'

/** Texts as the engine reads them: a length of seven bits a byte, then so many bytes. */
function textsOf(bytes: Buffer): string[] {
  const texts: string[] = []
  for (let at = 0; at < bytes.length;) {
    let length = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] as number
      length += (byte & 0x7f) * scale
      if (byte < 0x80) break
    }
    texts.push(bytes.toString('utf8', at, at + length))
    at += length
  }
  return texts
}

test('texts of any length and script are read back, over chunks', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'binary-ascii', maxLength: 60 }),
    fc.tuple(fc.constantFrom('a', 'ä', 'א', '👋', '\n"\\'), fc.integer({ min: 0, max: 40_000 })).map(([unit, times]) => unit.repeat(times)),
  )
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
      const writer = new RowWriter()
      for (const one of texts) writer.text(one)
      const rows = joinRows([writer.finish(texts.length)])
      const bytes = Buffer.concat(rows.chunks)
      expect(textsOf(bytes)).toEqual(texts)
      expect(rows.bytes).toBe(bytes.byteLength)
      expect(rows.count).toBe(texts.length)
    }),
  )
})

test('half of a surrogate pair becomes the replacement character', () => {
  const writer = new RowWriter()
  writer.text('cut \ud83d')
  writer.text('\udc4b'.repeat(50))
  expect(textsOf(Buffer.concat(writer.finish(2).chunks))).toEqual(['cut \ufffd', '\ufffd'.repeat(50)])
})

test('numbers, nulls, lists, maps and times lie in the order and width that the engine reads', () => {
  const writer = new RowWriter()
  writer.nullableFloat64(null)
  writer.nullableFloat64(0.5)
  writer.nullableUint32(7)
  writer.uint64(2n ** 63n + 1n)
  writer.time('1969-12-31T23:59:59.999Z')
  writer.time('2026-05-04T12:30:00.123Z')
  writer.texts(['a', 'b'])
  writer.map({ k: 'v' })
  const bytes = Buffer.concat(writer.finish(1).chunks)
  expect(bytes.subarray(0, 1)).toEqual(Buffer.from([1]))
  expect(bytes.readDoubleLE(2)).toBe(0.5)
  expect([bytes[10], bytes.readUInt32LE(11)]).toEqual([0, 7])
  expect(bytes.readBigUInt64LE(15)).toBe(2n ** 63n + 1n)
  expect(bytes.readBigInt64LE(23)).toBe(-1n)
  expect(bytes.readBigInt64LE(31)).toBe(BigInt(Date.UTC(2026, 4, 4, 12, 30, 0, 123)))
  expect(bytes.subarray(39)).toEqual(Buffer.from([2, 1, 0x61, 1, 0x62, 1, 1, 0x6b, 1, 0x76]))
})
