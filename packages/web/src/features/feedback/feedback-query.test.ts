import { expect, test } from 'vitest'
import { feedbackFilterOf } from './feedback-query.ts'

test('any address opens: what is unknown is left out', () => {
  expect(feedbackFilterOf({ criterion: 'tone', kind: 'rating', authorKind: 'model' })).toEqual({
    criterion: 'tone',
    kind: 'rating',
    authorKind: 'model',
  })
  expect(feedbackFilterOf({ criterion: '', kind: 'smiley', authorKind: 'robot', page: 3 })).toEqual({})
})
