import type { Mark } from '@plaudit/protocol'
import { type Ratings, ratingsFromTable } from '@plaudit/stats'
import { expect, test } from 'vitest'
import { marksAgreement } from './marks-agreement.ts'

/** Two people's marks on items of these names. */
function ratingsOf(names: readonly string[], marks: readonly [Mark[], Mark[]][]): Ratings {
  const rated = ratingsFromTable(marks.map((two) => two.map((one) => JSON.stringify(one))))
  return { ...rated, itemNames: [...names] }
}
const mark = (start: number, end: number, field: Mark['field'] = 'output'): Mark => ({ type: 'wrong', start, end, field })

test('weighs items whatever they are called, and keeps an input apart from an output of another name', () => {
  const marks: [Mark[], Mark[]][] = [
    [[mark(0, 4)], [mark(0, 4), mark(2, 6, 'input')]],
    [[mark(5, 9)], [mark(6, 9)]],
    [[mark(0, 2)], []],
  ]
  const weights = Float64Array.from([2, 0.5, 0.5])
  const of = (names: string[]) => marksAgreement(ratingsOf(names, marks), new Map(names.map((name) => [name, 20])), weights)
  const plain = of(['a', 'b', 'c'])
  expect(plain.alpha.estimate).not.toBeNull()
  expect(of(['session talk', 'session talk input', 'output input']).alpha.estimate).toBe(plain.alpha.estimate)
})
