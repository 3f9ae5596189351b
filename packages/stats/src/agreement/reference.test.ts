import { describe, expect, test } from 'vitest'
import { readReference } from '../test/reference.ts'
import { cohenKappa, contingencyTable, scottPi } from './cohen-kappa.ts'
import { countTable, fleissKappa, randolphKappa } from './fleiss-kappa.ts'
import { brennanPrediger, generalisedFleissKappa, gwetAC2 } from './gwet-ac.ts'
import { intraclassCorrelation } from './intraclass-correlation.ts'
import { kendallW, meanTauB } from './kendall-w.ts'
import { krippendorffAlpha, type Level } from './krippendorff-alpha.ts'
import { ratingsFromTable } from './ratings.ts'
import type { WeightName } from './weight.ts'

type ByProgram<T> = Record<string, T>
interface Chance {
  estimate: number
  se: number
  observed: number
  expected: number
}
interface Dataset {
  table: (number | null)[][]
  alpha: ByProgram<Partial<Record<Level, number>>>
  chance: ByProgram<Record<'gwet' | 'brennanPrediger' | 'fleiss', Record<WeightName, Chance>>>
  pair: {
    table: number[][]
    cohen: Record<
      'identity' | 'linear' | 'quadratic',
      { 'scikit-learn': number; statsmodels: { estimate: number; se: number; se0: number } }
    >
    scott: ByProgram<number>
  }
  complete?: Record<'fleiss' | 'randolph' | 'kendallW' | 'meanSpearman' | 'meanTauB', ByProgram<number>> & {
    icc: ByProgram<Record<string, number>>
  }
}
interface InR {
  icc: Record<string, [number, number, number]>
  cohen: Record<'identity' | 'quadratic', [number, number]>
}

const { datasets } = readReference<{ datasets: Dataset[] }>('agreement')
const inR = readReference<{ datasets: InR[] }>('intraclass').datasets
const quick = { resamples: 0 }
const near = (value: number, digits = 9) => expect.closeTo(value, digits) as number

describe.each(datasets.map((dataset, k) => ({ ...dataset, k })))('data set $k', ({ table, alpha, chance, pair }) => {
  const top = Math.max(...table.flat().map((value) => value ?? 0))
  const ratings = ratingsFromTable(table, { order: Array.from({ length: top }, (_, code) => code + 1) })

  test.each(Object.entries(alpha))("Krippendorff's alpha of %s", (_, levels) => {
    for (const [level, value] of Object.entries(levels))
      expect(krippendorffAlpha(ratings, { level: level as Level, ...quick }).estimate).toBeCloseTo(value, 10)
  })

  test.each(Object.entries(chance))('chance-corrected agreement with standard errors, of %s', (_, found) => {
    for (const [name, statistic] of [
      ['gwet', gwetAC2],
      ['brennanPrediger', brennanPrediger],
      ['fleiss', generalisedFleissKappa],
    ] as const)
      for (const [weights, { estimate, se, observed, expected }] of Object.entries(found[name]))
        expect(statistic(ratings, { weights: weights as WeightName })).toMatchObject({
          estimate: near(estimate),
          se: near(se),
          observed: near(observed),
          expected: near(expected),
        })
  })

  test("Cohen's kappa and Scott's pi of the first two raters", () => {
    expect(contingencyTable(ratings, '0', '1')).toEqual(pair.table)
    for (const weights of ['identity', 'linear', 'quadratic'] as const) {
      const { statsmodels, 'scikit-learn': scikit } = pair.cohen[weights]
      const { estimate, se, se0 } = statsmodels
      expect(cohenKappa(pair.table, { weights })).toMatchObject({ estimate: near(estimate, 12), se: near(se), se0: near(se0) })
      expect(scikit).toBeCloseTo(estimate, 12)
    }
    expect(scottPi(pair.table).estimate).toBeCloseTo(pair.scott['irrCAC']!, 10)
  })
})

describe.each(datasets.filter(({ complete }) => complete !== undefined).map((dataset, k) => ({ ...dataset, inR: inR[k]! })))(
  'complete data set, $table.length items',
  ({ table, complete, inR }) => {
    const ratings = ratingsFromTable(table)
    test.each(Object.entries(inR.icc))('ICC, form %s, of psych and pingouin, with its interval', (name, [estimate, low, high]) => {
      const [form, unit] = name.split(' ') as ['1' | '2' | '3', 'single' | 'average']
      const found = intraclassCorrelation(ratings, { form: Number(form) as 1 | 2 | 3, unit })
      expect(found).toMatchObject({ estimate: near(estimate, 8), low: near(low, 6), high: near(high, 6) })
      expect(complete!.icc['pingouin']![name]).toBeCloseTo(estimate, 8)
    })
    test('Fleiss and Randolph of statsmodels, rank agreement of scipy', () => {
      const counts = countTable(ratings)
      expect(fleissKappa(counts, quick).estimate).toBeCloseTo(complete!.fleiss['statsmodels']!, 12)
      expect(randolphKappa(counts, quick).estimate).toBeCloseTo(complete!.randolph['statsmodels']!, 12)
      expect(kendallW(ratings)).toMatchObject({
        estimate: near(complete!.kendallW['scipy']!),
        meanSpearman: near(complete!.meanSpearman['scipy']!),
      })
      expect(meanTauB(ratings).estimate).toBeCloseTo(complete!.meanTauB['scipy']!, 10)
    })
    test("Cohen's kappa of psych", () => {
      for (const weights of ['identity', 'quadratic'] as const) {
        const [estimate, se] = inR.cohen[weights]
        const found = cohenKappa(contingencyTable(ratings, '0', '1'), { weights })
        expect(found.estimate).toBeCloseTo(estimate, 9)
        // Its standard error of a weighted kappa is half of what statsmodels, and Fleiss, Cohen & Everitt (1969), have in one of the tables.
        if (weights === 'identity') expect(found).toMatchObject({ se: near(se) })
      }
    })
  },
)
