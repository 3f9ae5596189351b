import { expect, it } from 'vitest'
import { readReportCard } from './report-card.ts'

it('reads what a trained model reports', () => {
  const card = readReportCard({
    report: {
      kind: 'cross-validated',
      pairs: 2312,
      prompts: 2000,
      accuracy: { estimate: 0.66, low: 0.64, high: 0.68, confidence: 0.95 },
      lengthOnly: { estimate: 0.51 },
      lengthMatched: { pairs: 180, accuracy: 0.61 },
      shorterPreferred: { pairs: 0, accuracy: null },
      calibration: { ece: 0.02, bins: [] },
      verdict: 'Beats length alone.',
      warnings: ['It judges surface words.'],
    },
  })
  expect(card.accuracy).toEqual({ estimate: 0.66, low: 0.64, high: 0.68 })
  expect(card.lengthOnly).toEqual({ estimate: 0.51, low: null, high: null })
  const nothing = { low: null, high: null, prompts: 0 }
  expect(card.slices).toEqual([
    { label: 'Outputs of about the same length', share: { ...nothing, pairs: 180, accuracy: 0.61 } },
    { label: 'The shorter output was chosen', share: { ...nothing, pairs: 0, accuracy: null } },
  ])
  expect(card.calibration.error).toBe(0.02)
})

it('leaves out what is missing or of another shape', () => {
  const card = readReportCard({ report: { accuracy: 'high', calibration: null, warnings: [1, 'one'], pairs: Number.NaN } })
  expect(card).toMatchObject({
    accuracy: null,
    calibration: { error: null, bins: [] },
    bestOf: null,
    learning: null,
    warnings: ['one'],
    pairs: 0,
    slices: [],
    verdict: '',
  })
})
