import { expect, it } from 'vitest'
import { readEvidence } from './evidence.ts'

it('reads what each kind of feedback was worth, and named authors alone', () => {
  const evidence = readEvidence({
    training: {
      evidence: {
        sources: [{ source: 'correction', judgments: 40, accuracyWithout: 0.6, gain: { estimate: 0.05, low: 0.01, high: 0.09 } }, null],
        authors: [
          { source: 'comparison', author: 'u1', judgments: 12, reliability: 0.4 },
          { source: 'comparison', author: null, judgments: 3, reliability: 1 },
        ],
      },
    },
  })
  expect(evidence.sources[0]).toEqual({ source: 'correction', judgments: 40, without: 0.6, gain: 0.05, low: 0.01, high: 0.09 })
  expect(evidence.authors).toEqual([{ source: 'comparison', author: 'u1', judgments: 12, reliability: 0.4 }])
  expect(readEvidence({ training: {} })).toEqual({ sources: [], authors: [] })
})
