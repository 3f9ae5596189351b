import type { Population, Weighting } from '@plaudit/protocol'
import { strataWord } from './stratum.ts'

/** How estimates were brought to a population, and whose they are, in a sentence. @param isDrawn every judgment knows the probability of its draw. */
export function weightingOf(population: Population, isDrawn: boolean, by: string): Weighting {
  if (population === 'sample')
    return {
      population,
      method: 'none',
      strata: null,
      sentence: 'As it happened to be judged: kinds of traffic that are judged more often count for more.',
    }
  if (population === 'production' && isDrawn)
    return {
      population,
      method: 'probability',
      strata: null,
      sentence: 'Weighted to the traffic by the probability with which the queue’s plan drew each judgment (Hájek).',
    }
  const strata = strataWord(by)
  const sentence =
    population === 'target'
      ? `Weighted to the shares that you set, by ${strata}.`
      : `Weighted to the traffic of the prompts and environments that it was judged in, by ${strata}; other differences between judged and traffic stay.`
  return { population, method: 'strata', strata: by, sentence }
}
