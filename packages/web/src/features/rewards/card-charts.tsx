import { ChartSection } from '../../ui/chart-section.tsx'
import { CurveChart, type CurvePoint } from '../../ui/chart/curve-chart.tsx'
import { toCsv } from '../../ui/csv.ts'
import { formatDecimal, formatShare, formatWhole } from '../../ui/format-number.ts'
import type { BestOf, Known, ReportCard } from './report-card.ts'

/** A part of the reliability diagram with fewer pairs shows chance alone. */
const FEWEST_DRAWN = 10

const percent = (value: number) => formatShare(value)
const interval = ({ low, high }: { low: number | null; high: number | null }) =>
  low === null || high === null ? '–' : `${formatShare(low)} to ${formatShare(high)}`

/** Whether stated probabilities come true. */
export function ReliabilityChart({ card, fileName }: { card: ReportCard; fileName: string }) {
  const { bins, error } = card.calibration
  if (bins.length === 0) return null
  const drawn = bins.filter(({ pairs }) => pairs >= FEWEST_DRAWN)
  return (
    <ChartSection
      name="Reliability"
      heading="Can its probabilities be believed?"
      sentence={`Where it says 70 %, people should agree in 70 % of cases. It is off by ${formatDecimal(100 * (error ?? 0), 1)} points on average${
        drawn.length < bins.length ? `; parts with fewer than ${FEWEST_DRAWN} pairs are not drawn` : ''
      }.`}
      fileName={`${fileName}-reliability`}
      csv={() =>
        toCsv(bins.map(({ confidence, accuracy, low, high, pairs }) => ({ stated: confidence, agreed: accuracy, low, high, pairs })))
      }
      table={{
        columns: ['Stated', 'People agree', '95 % interval', 'Pairs'],
        rows: bins.map((bin) => [percent(bin.confidence), percent(bin.accuracy), interval(bin), formatWhole(bin.pairs)]),
      }}
    >
      <CurveChart
        title="Reliability diagram"
        xTitle="stated probability"
        xTicks={[0.5, 0.6, 0.7, 0.8, 0.9, 1]}
        formatX={percent}
        formatY={percent}
        curves={[
          {
            name: 'ideal',
            look: 'reference',
            points: [
              { x: 0.5, y: 0.5, low: null, high: null },
              { x: 1, y: 1, low: null, high: null },
            ],
          },
          { name: '', look: 'measured', points: drawn.map(({ confidence: x, accuracy: y, low, high }) => ({ x, y, low, high })) },
        ]}
      />
    </ChartSection>
  )
}

/** Whether more of the same would help. */
export function LearningChart({ card, fileName }: { card: ReportCard; fileName: string }) {
  const { learning } = card
  if (learning === null || learning.points.length < 2) return null
  const points = learning.points.flatMap(({ trainedOn: x, accuracy: y, low, high }): CurvePoint[] =>
    y === null ? [] : [{ x, y, low, high }],
  )
  return (
    <ChartSection
      name="Learning curve"
      heading={`Would more ${learning.unit} help?`}
      sentence={`${learning.sentence} Each point on the same ${formatWhole(card.pairs)} held-out pairs.`}
      fileName={`${fileName}-learning`}
      csv={() => toCsv(points.map(({ x, y, low, high }) => ({ trained_on: x, accuracy: y, low, high })))}
      table={{
        columns: [`Training ${learning.unit}`, 'Accuracy', '95 % interval'],
        rows: points.map((point) => [formatWhole(point.x), percent(point.y), interval(point)]),
      }}
    >
      <CurveChart
        title="Learning curve"
        xTitle={`training ${learning.unit}, doubling`}
        isLog
        xTicks={points.map(({ x }) => x)}
        formatX={formatWhole}
        formatY={percent}
        yIncludes={[0.5]}
        curves={[{ name: 'accuracy', look: 'measured', points }]}
      />
    </ChartSection>
  )
}

const rules = [
  ['people', 'oracle', 'reference'],
  ['this model', 'conservative', 'measured'],
  ['longest', 'longest', 'reference'],
] as const

/** What choosing among several outputs by the reward brings. */
export function BestOfChart({ bestOf, fileName }: { bestOf: BestOf; fileName: string }) {
  const points = (rule: 'conservative' | 'longest' | 'oracle') => [
    { x: 1, y: 0.5, low: null, high: null },
    ...bestOf.points.map(({ n, [rule]: { estimate, low, high } }) => ({ x: n, y: estimate, low, high })),
  ]
  const cell = (known: Known) => percent(known.estimate)
  return (
    <ChartSection
      name="Best of n"
      heading="What does choosing by it bring?"
      sentence={`Win rate, by the people who compared them, of the output chosen among n by the cautious reward (reward less one standard deviation). 50 % is a blind choice. ${formatWhole(bestOf.sets)} sets of outputs.`}
      fileName={`${fileName}-best-of-n`}
      csv={() =>
        toCsv(
          bestOf.points.map(({ n, conservative, reward, longest, oracle, divergence }) => ({
            n,
            cautious: conservative.estimate,
            low: conservative.low,
            high: conservative.high,
            reward: reward.estimate,
            longest: longest.estimate,
            people: oracle.estimate,
            divergence_nats: divergence,
          })),
        )
      }
      table={{
        columns: ['n', 'Cautious reward', '95 % interval', 'Reward', 'Longest', 'People', 'Divergence, nats'],
        rows: bestOf.points.map(({ n, conservative, reward, longest, oracle, divergence }) => [
          n,
          cell(conservative),
          interval(conservative),
          cell(reward),
          cell(longest),
          cell(oracle),
          formatDecimal(divergence),
        ]),
      }}
    >
      <CurveChart
        title="Best-of-n curve"
        xTitle="outputs to choose from"
        xTicks={[1, ...bestOf.points.map(({ n }) => n)]}
        formatX={formatWhole}
        formatY={percent}
        curves={rules.map(([name, rule, look]) => ({ name, look, points: points(rule) }))}
      />
    </ChartSection>
  )
}
