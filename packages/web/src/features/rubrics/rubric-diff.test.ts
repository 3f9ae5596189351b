import { criteriaSchema } from '@plaudit/protocol'
import { expect, it } from 'vitest'
import { rubricChanges } from './rubric-diff.ts'

const text = (key: string, title: string) => ({ type: 'text' as const, key, title })
const scale = (labels: string[]) => ({
  type: 'ordinal' as const,
  key: 'helpful',
  title: 'Helpful',
  points: labels.map((label, index) => ({ value: index + 1, label })),
})
const changes = (before: unknown, after: unknown) => rubricChanges(criteriaSchema.parse(before), criteriaSchema.parse(after))

it('says which criteria are new, gone, moved and changed, and in which field', () => {
  expect(
    changes([scale(['No', 'Yes']), text('a', 'A'), text('b', 'B')], [text('b', 'B'), scale(['No', 'Rather', 'Yes']), text('c', 'C')]),
  ).toMatchObject([
    { kind: 'changed', key: 'b', fields: [{ field: 'Place among the others', before: '2', after: '1' }] },
    {
      kind: 'changed',
      key: 'helpful',
      fields: [
        { field: 'Point 2', before: 'Yes', after: 'Rather' },
        { field: 'Point 3', before: '', after: 'Yes' },
        { field: 'Order of points', before: '1, 2', after: '1, 2, 3' },
        { field: 'Place among the others', before: '1', after: '2' },
      ],
    },
    { kind: 'added', key: 'c' },
    { kind: 'removed', key: 'a' },
  ])
})

it('finds nothing between a version and itself', () => {
  expect(changes([scale(['No', 'Yes'])], [scale(['No', 'Yes'])])).toEqual([])
})
