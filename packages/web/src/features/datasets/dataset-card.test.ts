import { expect, it } from 'vitest'
import { readDatasetCard, sourceText } from './dataset-card.ts'

it('reads what a data set reports, and leaves out what is missing', () => {
  expect(readDatasetCard({ card: null })).toBeNull()
  const card = readDatasetCard({
    card: {
      prompts: 12,
      splits: { train: 8, validation: 0, test: 4 },
      removed: { duplicates: 2, empty: 0 },
      leakage: { prompts: 1, examples: ['Where?', 4] },
      warnings: ['Few.'],
      sources: 'none',
    },
  })
  expect(card).toMatchObject({
    prompts: 12,
    authors: 0,
    sources: [],
    removed: [{ reason: 'copies', count: 2 }],
    leaks: 1,
    examples: ['Where?'],
    from: null,
  })
  expect(card?.splits).toEqual([
    { side: 'train', rows: 8 },
    { side: 'validation', rows: 0 },
    { side: 'test', rows: 4 },
  ])
})

it('says how many rows come from where', () => {
  const said = [
    { source: 'comparison', rows: 1_105 },
    { source: 'correction', rows: 1 },
    { source: 'rating: tone', rows: 40 },
    { source: 'file', rows: 12 },
  ].map(sourceText)
  expect(said).toEqual(['1,105 comparisons', '1 correction', '40 ratings on tone', '12 from a file'])
})
