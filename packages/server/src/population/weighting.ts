import type { Population, Weighting } from '@plaudit/protocol'
import { strataWord } from './stratum.ts'

/** How estimates were brought to a population, and whose they are, in a sentence. @param what `mean`, `agreement`, … of the traffic. */
export function weightingOf(population: Population, isDrawn: boolean, by: string, what = 'mean'): Weighting {
  if (population === 'sample')
    return {
      population,
      method: 'none',
      strata: null,
      sentence: `The ${what} of what happened to be judged: kinds of traffic that are judged more often count for more.`,
    }
  if (population === 'production' && isDrawn)
    return {
      population,
      method: 'probability',
      strata: null,
      sentence: `The ${what} of production traffic, each judgment weighted by the probability with which the queue’s plan drew it (Hájek).`,
    }
  const strata = strataWord(by)
  return {
    population,
    method: 'strata',
    strata: by,
    sentence:
      population === 'production'
        ? `The ${what} of the traffic of the prompts and environments that this was judged in: the strata by ${strata} in the proportions of that traffic. Other differences between judged and traffic stay.`
        : `The ${what} of a population with the shares that you set, by ${strata}.`,
  }
}
