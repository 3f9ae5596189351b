import type { FeedbackKind } from '@plaudit/sdk'

/** What each kind of feedback is called, and the key that opens it. */
export const kinds: Record<FeedbackKind, { label: string; key: string | null }> = {
  thumbs: { label: 'Thumbs', key: null },
  rating: { label: 'Rating', key: null },
  label: { label: 'Label', key: 'l' },
  labels: { label: 'Labels', key: 'shift+l' },
  flag: { label: 'Flag', key: 'f' },
  correction: { label: 'Correct', key: 'c' },
  marks: { label: 'Mark', key: 'm' },
  text: { label: 'Comment', key: 'w' },
  comparison: { label: 'Compare', key: 'v' },
  ranking: { label: 'Rank', key: 'shift+v' },
}
