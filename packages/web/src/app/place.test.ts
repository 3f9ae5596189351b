import { expect, test } from 'vitest'
import { mayOpen } from './place.ts'

test('reviewers open their own pages and what lies below, everybody else everything', () => {
  const pages = ['/p/x', '/p/x/review', '/p/x/review/q1', '/p/x/reviewers', '/p/x/reviews', '/p/x/traces', '/p/review/traces']
  expect(pages.filter((page) => mayOpen('reviewer', page))).toEqual(['/p/x/review', '/p/x/review/q1', '/p/x/reviewers'])
  expect(pages.filter((page) => mayOpen('lead', page))).toEqual(pages)
})
