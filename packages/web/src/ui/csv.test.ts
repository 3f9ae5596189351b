import { expect, it } from 'vitest'
import { toCsv } from './csv.ts'

it('quotes what needs it and leaves unknown fields empty', () => {
  expect(
    toCsv([
      { name: 'a, "b"', n: 2, mean: null },
      { name: 'line\nbreak', n: 0, mean: 0.5 },
    ]),
  ).toBe('name,n,mean\r\n"a, ""b""",2,\r\n"line\nbreak",0,0.5\r\n')
})

it('is empty for no rows', () => {
  expect(toCsv([])).toBe('\r\n')
})
