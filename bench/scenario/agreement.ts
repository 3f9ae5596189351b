import {
  brennanPrediger,
  cohenKappa,
  contingencyTable,
  countTable,
  fleissKappa,
  generalisedFleissKappa,
  gwetAC1,
  gwetAC2,
  intraclassCorrelation,
  kendallW,
  krippendorffAlpha,
  marksAlpha,
  marksF1,
  meanTauB,
  noiseCeiling,
  normalQuantile,
  percentAgreement,
  randolphKappa,
  scottPi,
  seededRandom,
  type BootstrapOptions,
  type Estimate,
  type MarkedText,
  type Random,
  type Ratings,
} from '@plaudit/stats'
import type { Scenario } from './scenario.ts'

/** Raters who see an item's quality with noise and a severity of their own, and cut it into categories of the shares given. */
interface Panel {
  raters: number
  /** Shares of the categories, lowest first. */
  shares: readonly number[]
  /** Standard deviation of the noise; that of quality is 1. */
  noise: number
  missing: number
}
const even: Panel = { raters: 3, shares: [1 / 3, 1 / 3, 1 / 3], noise: 0.7, missing: 0 }
const scale: Panel = { raters: 3, shares: [0.2, 0.2, 0.2, 0.2, 0.2], noise: 0.7, missing: 0 }
const rare: Panel = { raters: 3, shares: [0.9, 0.1], noise: 0.7, missing: 0 }

/** @param noises Of single items, where they differ. */
function rate(random: Random, items: number, { raters, shares, noise, missing }: Panel, noises?: readonly number[]): Ratings {
  const [item, rater, value] = [new Int32Array(items * raters), new Int32Array(items * raters), new Int32Array(items * raters)]
  let below = 0
  const cuts = shares.slice(0, -1).map((share) => normalQuantile((below += share)) * Math.sqrt(1 + noise * noise))
  let n = 0
  for (let i = 0; i < items; i += 1) {
    const quality = random.normal()
    for (let r = 0; r < raters; r += 1) {
      const seen = quality + (noises?.[i] ?? noise) * random.normal() + (r === 0 ? 0.3 : 0)
      if (missing > 0 && random.next() < missing) continue
      item[n] = i
      rater[n] = r
      value[n] = cuts.filter((cut) => cut < seen).length
      n += 1
    }
  }
  const [itemNames, raterNames, valueNames] = [items, raters, shares.length].map((count) =>
    Array.from({ length: count }, (_, k) => String(k)),
  )
  return {
    items: item.subarray(0, n),
    raters: rater.subarray(0, n),
    values: value.subarray(0, n),
    itemNames: itemNames!,
    raterNames: raterNames!,
    valueNames: valueNames!,
    order: 'declared',
    numbers: Float64Array.from(shares, (_, k) => k),
  }
}

const words = (items: number, { raters, shares, missing }: Panel) =>
  `${items} items × ${raters} raters, ${shares.length} categories${shares.length === 2 ? `, one of ${Math.round(100 * shares[1]!)} %` : ''}${missing > 0 ? `, ${100 * missing} % missing` : ''}`

/** The raters stay, items are drawn anew: the truth is what they would reach on 300,000 items. */
function onPanel(
  statistic: string,
  items: number,
  panel: Panel,
  of: (ratings: Ratings, options: BootstrapOptions) => Estimate,
  note = '',
): Scenario {
  return {
    statistic,
    design: words(items, panel) + note,
    truth: (random) => of(rate(random, 300_000, panel), { resamples: 0 }).estimate ?? Number.NaN,
    draw: (random) => of(rate(random, items, panel), {}),
  }
}

/** Traffic of three kinds, which raters agree on more or less, and how often a plan draws each. */
const kinds = [
  { share: 0.6, noise: 0.4, rate: 0.1 },
  { share: 0.3, noise: 0.8, rate: 0.4 },
  { share: 0.1, noise: 1.4, rate: 1 },
]

/** Items are drawn by a plan and weighted back to the traffic: the truth is what the raters would reach on the traffic itself. */
function onTraffic(
  statistic: string,
  items: number,
  panel: Panel,
  of: (ratings: Ratings, options: BootstrapOptions & { itemWeights?: readonly number[] }) => Estimate,
  note = '',
): Scenario {
  const drawn = (random: Random, count: number, chanceOf: (kind: (typeof kinds)[number]) => number) => {
    const total = kinds.reduce((sum, kind) => sum + chanceOf(kind), 0)
    return Array.from({ length: count }, () => {
      let left = random.next() * total
      return kinds.find((kind) => (left -= chanceOf(kind)) < 0) ?? kinds[0]!
    })
  }
  const rated = (random: Random, own: typeof kinds) => {
    const noises = own.map(({ noise }) => noise)
    return rate(random, own.length, panel, noises)
  }
  return {
    statistic,
    design: `${words(items, panel)}${note}, kinds of items drawn 1 : 4 : 10 and weighted`,
    truth: (random) => {
      const traffic = drawn(random, 300_000, ({ share }) => share)
      return of(rated(random, traffic), { resamples: 0 }).estimate ?? Number.NaN
    },
    draw: (random) => {
      const own = drawn(random, items, (kind) => kind.share * kind.rate)
      const mean = own.reduce((sum, kind) => sum + 1 / kind.rate, 0) / items
      return of(rated(random, own), { itemWeights: own.map((kind) => 1 / kind.rate / mean) })
    },
  }
}

const table = (ratings: Ratings) => contingencyTable(ratings, '0', '1')
const two = { ...scale, raters: 2 }
const gaps = { ...even, missing: 0.2 }

export const agreementScenarios: Scenario[] = [
  ...[30, 100, 300].flatMap((items) => [
    onPanel('krippendorffAlpha', items, gaps, (r, o) => krippendorffAlpha(r, o), ', nominal'),
    onPanel(
      'krippendorffAlpha',
      items,
      { ...scale, missing: 0.2 },
      (r, o) => krippendorffAlpha(r, { level: 'ordinal', ...o }),
      ', ordinal',
    ),
    onPanel('krippendorffAlpha', items, { ...two, noise: 0.4 }, (r, o) => krippendorffAlpha(r, { level: 'interval', ...o }), ', interval'),
    onPanel('krippendorffAlpha', items, rare, (r, o) => krippendorffAlpha(r, o), ', nominal'),
    onTraffic('krippendorffAlpha', items, even, (r, o) => krippendorffAlpha(r, o), ', nominal'),
    onTraffic('krippendorffAlpha', items, scale, (r, o) => krippendorffAlpha(r, { level: 'ordinal', ...o }), ', ordinal'),
    onPanel('percentAgreement', items, gaps, (r) => percentAgreement(r)),
    onTraffic('percentAgreement', items, even, (r, { itemWeights }) =>
      percentAgreement(r, itemWeights === undefined ? {} : { itemWeights }),
    ),
    onPanel('percentAgreement', items, rare, (r) => percentAgreement(r)),
    onPanel('fleissKappa', items, even, (r, o) => fleissKappa(countTable(r), o)),
    onPanel('fleissKappa', items, rare, (r, o) => fleissKappa(countTable(r), o)),
    onPanel('randolphKappa', items, even, (r, o) => randolphKappa(countTable(r), o)),
    onPanel('cohenKappa', items, { ...even, raters: 2 }, (r) => cohenKappa(table(r))),
    onPanel('cohenKappa', items, two, (r) => cohenKappa(table(r), { weights: 'quadratic' }), ', quadratic weights'),
    onPanel('cohenKappa', items, { ...rare, raters: 2 }, (r) => cohenKappa(table(r))),
    onPanel('scottPi', items, { ...even, raters: 2 }, (r) => scottPi(table(r))),
    onPanel('gwetAC1', items, gaps, (r) => gwetAC1(r)),
    onPanel('gwetAC1', items, rare, (r) => gwetAC1(r)),
    onPanel('gwetAC2', items, { ...scale, missing: 0.2 }, (r) => gwetAC2(r), ', quadratic weights'),
    onPanel('brennanPrediger', items, gaps, (r) => brennanPrediger(r)),
    onPanel('generalisedFleissKappa', items, gaps, (r) => generalisedFleissKappa(r)),
    onPanel(
      'noiseCeiling',
      items,
      { ...even, raters: 5 },
      (r, o) => noiseCeiling(r, { measure: 'accuracy', ...o }).low,
      ', lower bound of accuracy',
    ),
    onTraffic(
      'noiseCeiling',
      items,
      { ...even, raters: 5 },
      (r, o) => noiseCeiling(r, { measure: 'accuracy', ...o }).low,
      ', lower bound of accuracy',
    ),
  ]),
  ...([1, 2, 3] as const).flatMap((form) =>
    [20, 60].map((items): Scenario => ({
      statistic: 'intraclassCorrelation',
      design: `${items} items × 5 raters drawn anew, normal, form ${form}`,
      truth: () => (form === 3 ? 1 / 1.5 : form === 2 ? 1 / 1.6 : 1 / 1.6),
      draw: (random) => intraclassCorrelation(rateNumbers(random, qualitiesOf(random, items), 5, form), { form }),
    })),
  ),
  ...[5, 10, 20].flatMap((raters): Scenario[] => {
    // The items stay, raters are drawn anew.
    const qualities = qualitiesOf(seededRandom(2), 15)
    const ranked = (statistic: string, of: (ratings: Ratings) => Estimate): Scenario => ({
      statistic,
      design: `15 items ranked by ${raters} raters drawn anew`,
      truth: (random) => mean(Array.from({ length: 3000 }, () => of(rateNumbers(random, qualities, raters, 3)).estimate ?? 0)),
      draw: (random) => of(rateNumbers(random, qualities, raters, 3)),
    })
    return [ranked('kendallW', kendallW), ranked('meanTauB', meanTauB)]
  }),
  ...[30, 100].flatMap((items) => {
    const marked = (statistic: string, of: (texts: MarkedText[], options: BootstrapOptions) => Estimate): Scenario => ({
      statistic,
      design: `${items} texts of 100 to 1,000 characters read by 3`,
      truth: (random) => of(mark(random, 40_000), { resamples: 0 }).estimate ?? Number.NaN,
      draw: (random) => of(mark(random, items), {}),
    })
    return [marked('marksAlpha', marksAlpha), marked('marksF1', (texts, options) => marksF1(texts, options).characters)]
  }),
]

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function qualitiesOf(random: Random, items: number): Float64Array {
  return Float64Array.from({ length: items }, () => random.normal())
}

/** Numbers: item (variance 1), rater (0.1, or part of the noise in form 1) and noise (0.5). */
function rateNumbers(random: Random, qualities: Float64Array, raters: number, form: 1 | 2 | 3): Ratings {
  const items = qualities.length
  const n = items * raters
  const severity = Float64Array.from({ length: raters }, () => Math.sqrt(0.1) * random.normal())
  const numbers = new Float64Array(n)
  for (let i = 0; i < items; i += 1) {
    for (let r = 0; r < raters; r += 1)
      numbers[i * raters + r] = qualities[i]! + Math.sqrt(form === 1 ? 0.6 : 0.5) * random.normal() + (form === 1 ? 0 : severity[r]!)
  }
  // Values are codes in ascending order of their numbers.
  const order = Int32Array.from(numbers, (_, at) => at).sort((a, b) => numbers[a]! - numbers[b]!)
  const values = new Int32Array(n)
  for (let rank = 0; rank < n; rank += 1) values[order[rank]!] = rank
  const names = (count: number) => Array.from({ length: count }, (_, k) => String(k))
  return {
    items: Int32Array.from(values, (_, at) => Math.floor(at / raters)),
    raters: Int32Array.from(values, (_, at) => at % raters),
    values,
    itemNames: names(items),
    raterNames: names(raters),
    valueNames: names(n),
    order: 'numeric',
    numbers: numbers.slice().sort(),
  }
}

/** Texts with a passage that is wrong; each of three raters finds it four times in five, with edges of their own, and sees some that is none. */
function mark(random: Random, items: number): MarkedText[] {
  return Array.from({ length: items }, (_, i) => {
    const length = 100 + random.int(900)
    const clip = (at: number) => Math.max(0, Math.min(length, Math.round(at)))
    const around = (start: number, end: number) => {
      const [from, to] = [clip(start + 4 * random.normal()), clip(end + 4 * random.normal())]
      return to > from ? [{ type: 'wrong', start: from, end: to }] : []
    }
    const start = random.int(length)
    const size = 5 + random.int(80)
    const raters = ['a', 'b', 'c'].map((rater) => {
      const stray = random.int(length)
      const found = random.next() < 0.8 ? around(start, start + size) : []
      return { rater, marks: random.next() < 0.2 ? [...found, ...around(stray, stray + 20)] : found }
    })
    return { item: String(i), length, raters }
  })
}
