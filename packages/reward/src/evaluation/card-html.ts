import { removalSentence } from '../training/clean-pairs.ts'
import type { Evidence } from '../training/evidence-report.ts'
import { type ChartLine, escapeHtml, lineChart } from './card-chart.ts'
import type { ReportCard } from './report-card.ts'

type Interval = { low?: number; high?: number }
type Cells = readonly string[]

/** A part of the reliability diagram with fewer pairs shows chance alone. */
const FEWEST_DRAWN = 10

/** What stands on a card beside its figures. */
export interface CardTitle {
  /** The model's name. */
  title: string
  /** Lines under it: when it was trained, on what. */
  notes?: readonly string[]
  /** What each kind of feedback was worth, from the model. */
  evidence?: Pick<Evidence, 'sources'>
}

/** The report card as one HTML page without anything outside it, which also prints. */
export function cardHtml(card: ReportCard, { title, notes = [], evidence }: CardTitle): string {
  const how =
    card.kind === 'cross-validated'
      ? `${card.folds}-fold cross-validation: every prompt is judged by a model that never saw it.`
      : 'A finished model on pairs held out of its training.'
  const sections = [
    section('Quality', how, qualityTable(card)),
    section('Can its probabilities be believed?', reliabilityNote(card), reliabilityChart(card)),
    learningSection(card),
    bestOfSection(card),
    ...card.strata.map((stratum) =>
      section(
        `By ${stratum.by}`,
        stratum.others > 0 ? `${whole(stratum.others)} pairs of rarer values are not listed.` : '',
        table(
          [stratum.by, 'accuracy', '95 % interval', 'length alone', 'pairs'],
          stratum.values.map((one) => [one.value, percent(one.accuracy), interval(one), percent(one.lengthOnly), whole(one.pairs)]),
        ),
      ),
    ),
    evidenceSection(evidence),
    section('What was left out', '', `<p>${escapeHtml(removalSentence(card.removed) || 'Nothing.')}</p>${leakageText(card)}`),
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}: report card</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<p class="kind">Report card of a reward model</p>
<h1>${escapeHtml(title)}</h1>
${notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join('\n')}
<p class="verdict">${escapeHtml(card.verdict)}</p>
<ul class="warnings">${card.warnings.map((warning) => `<li>${escapeHtml(warning)}</li>`).join('')}</ul>
</header>
${sections.filter((text) => text !== '').join('\n')}
</main>
</body>
</html>
`
}

function qualityTable(card: ReportCard): string {
  const rows: Cells[] = [
    ['Accuracy', percent(card.accuracy.estimate), interval(card.accuracy), whole(card.pairs)],
    ['Length alone', percent(card.lengthOnly.estimate), interval(card.lengthOnly), whole(card.pairs)],
    ['Advantage over length, points', points(card.advantage.estimate), interval(card.advantage), whole(card.pairs)],
  ]
  if (card.lengthControlled !== null)
    rows.push(['Without length traits', percent(card.lengthControlled.estimate), interval(card.lengthControlled), whole(card.pairs)])
  for (const [name, share] of [
    ['Outputs of like length', card.lengthMatched],
    ['The shorter one was chosen', card.shorterPreferred],
    ['The longer one was chosen', card.longerPreferred],
  ] as const)
    rows.push([name, percent(share.accuracy), interval(share), whole(share.pairs)])
  rows.push(
    card.ceiling === null
      ? ['People with each other', 'not known', 'no second opinions', '']
      : ['People with each other', percent(card.ceiling.accuracy), interval(card.ceiling), whole(card.ceiling.pairs)],
  )
  if (card.ties !== null)
    rows.push(['Ties lie closer than decided pairs', percent(card.ties.score.estimate), interval(card.ties.score), whole(card.ties.ties)])
  const correlation = card.lengthCorrelation
  rows.push(
    ['Correlation of reward with log length', correlation === null ? 'none' : correlation.toFixed(2), '', whole(card.pairs)],
    ['Brier score', card.calibration.brier.toFixed(3), '0.250 for a coin', whole(card.pairs)],
    ['Log-loss', card.calibration.logLoss.toFixed(3), '0.693 for a coin', whole(card.pairs)],
    ['Calibration error', card.calibration.ece.toFixed(3), '0 at best', whole(card.pairs)],
  )
  return table(['', 'estimate', '95 % interval', 'pairs'], rows)
}

function reliabilityNote({ calibration }: ReportCard): string {
  return `Where the model says 70 %, people should agree in 70 % of cases. Mean distance: ${(100 * calibration.ece).toFixed(1)} points.`
}

function reliabilityChart({ calibration }: ReportCard): string {
  const ticks = [0.5, 0.6, 0.7, 0.8, 0.9, 1].map((value): [number, string] => [value, `${Math.round(100 * value)} %`])
  return figure(
    lineChart(
      {
        title: 'Reliability diagram',
        xTitle: 'stated probability',
        yTitle: 'people agree',
        xTicks: ticks,
        yTicks: [[0.3, '30 %'], [0.4, '40 %'], ...ticks],
      },
      [
        {
          name: 'ideal',
          look: 'reference',
          points: [
            { x: 0.5, y: 0.5 },
            { x: 1, y: 1 },
          ],
        },
        {
          name: '',
          look: 'measured',
          points: calibration.bins
            .filter(({ pairs }) => pairs >= FEWEST_DRAWN)
            .map(({ confidence, accuracy, accuracyLow, accuracyHigh, pairs }) => ({
              x: confidence,
              y: accuracy,
              ...(accuracyLow !== undefined && accuracyHigh !== undefined ? { low: accuracyLow, high: accuracyHigh } : {}),
              label: `${percent(confidence)} stated, ${percent(accuracy)} of ${whole(pairs)} pairs`,
            })),
        },
      ],
    ),
    `Pairs in each part: ${calibration.bins.map(({ pairs }) => whole(pairs)).join(', ')}. Parts with fewer than ${FEWEST_DRAWN} are not drawn.`,
  )
}

function learningSection({ learning, pairs }: ReportCard): string {
  if (learning === null) return ''
  // A card from before ratings could train counts pairs.
  const { unit = 'pairs' } = learning as Partial<typeof learning>
  const values = learning.points.flatMap(({ low, high, accuracy }) => [low ?? accuracy ?? 0.5, high ?? accuracy ?? 0.5])
  return section(
    `Would more ${unit} help?`,
    learning.sentence,
    figure(
      lineChart(
        {
          title: 'Learning curve',
          xTitle: `training ${unit}, doubling`,
          yTitle: 'accuracy',
          isLog: true,
          xTicks: learning.points.map(({ trainedOn }) => [trainedOn, whole(trainedOn)]),
          yTicks: percentTicks(values),
        },
        [
          {
            name: 'this model',
            look: 'measured',
            points: learning.points.map(({ trainedOn, accuracy, low, high }) => ({
              x: trainedOn,
              y: accuracy ?? 0.5,
              ...(low !== undefined && high !== undefined ? { low, high } : {}),
              label: `${percent(accuracy)} with ${whole(trainedOn)} ${unit}`,
            })),
          },
        ],
      ),
      `Each on the same ${whole(pairs)} held-out pairs.`,
    ),
  )
}

function bestOfSection({ bestOfN }: ReportCard): string {
  if (bestOfN === null || bestOfN.points.length === 0) return ''
  const line = (name: string, rule: 'conservative' | 'longest' | 'oracle', look: ChartLine['look']): ChartLine => ({
    name,
    look,
    points: [
      { x: 1, y: 0.5 },
      ...bestOfN.points.map(({ n, [rule]: known }) => ({
        x: n,
        y: known.estimate,
        ...(known.low !== undefined && known.high !== undefined ? { low: known.low, high: known.high } : {}),
        label: `${name}, best of ${n}: ${percent(known.estimate)}`,
      })),
    ],
  })
  const last = bestOfN.points.at(-1)!
  return section(
    'What does choosing by it bring?',
    `Win rate, by the people who compared them, of the output chosen among n. ${whole(bestOfN.sets)} sets of outputs.`,
    figure(
      lineChart(
        {
          title: 'Best-of-n curve',
          xTitle: 'outputs to choose from',
          yTitle: 'win rate',
          xTicks: [1, ...bestOfN.points.map(({ n }) => n)].map((n) => [n, String(n)]),
          yTicks: percentTicks([last.longest.low ?? 0.4, 0.5, last.oracle.high ?? 1]),
        },
        [line('people', 'oracle', 'reference'), line('this model', 'conservative', 'measured'), line('longest', 'longest', 'reference')],
      ),
      '',
    ) +
      table(
        ['n', 'cautious reward', '95 % interval', 'reward', 'longest', 'people', 'divergence, nats'],
        bestOfN.points.map(({ n, conservative, reward, longest, oracle, divergence }) => [
          String(n),
          percent(conservative.estimate),
          interval(conservative),
          percent(reward.estimate),
          percent(longest.estimate),
          percent(oracle.estimate),
          divergence.toFixed(2),
        ]),
      ),
  )
}

function evidenceSection(evidence: CardTitle['evidence']): string {
  // A model from before this was measured has none.
  const sources = evidence?.sources ?? []
  if (sources.length < 2) return ''
  return section(
    'What was each kind of feedback worth?',
    'Accuracy on held-out pairs with all of it, less the accuracy without one kind.',
    table(
      ['kind', 'judgments', 'without it', 'gain, points', '95 % interval'],
      sources.map(({ source, judgments, accuracyWithout, gain }) => [
        source,
        whole(judgments),
        accuracyWithout === null ? '–' : percent(accuracyWithout),
        gain === null ? '–' : points(gain.estimate),
        gain === null ? '–' : interval(gain),
      ]),
    ),
  )
}

function leakageText({ leakage }: ReportCard): string {
  if (leakage.prompts + leakage.outputs === 0) return '<p>No prompt stands on both sides of the split.</p>'
  return `<p>On both sides of the split: ${whole(leakage.prompts)} prompts, ${whole(leakage.outputs)} pairs of outputs.</p><ul>${leakage.examples
    .map((example) => `<li>${escapeHtml(example)}</li>`)
    .join('')}</ul>`
}

function section(heading: string, note: string, body: string): string {
  return `<section><h2>${escapeHtml(heading)}</h2>${note === '' ? '' : `<p class="note">${escapeHtml(note)}</p>`}${body}</section>`
}

function figure(svg: string, caption: string): string {
  return `<figure>${svg}${caption === '' ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`}</figure>`
}

function table(heads: readonly string[], rows: readonly Cells[]): string {
  const cell = (text: string, index: number) => (index === 0 ? `<th scope="row">${escapeHtml(text)}</th>` : `<td>${escapeHtml(text)}</td>`)
  return `<div class="table"><table><thead><tr>${heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map(cell).join('')}</tr>`)
    .join('')}</tbody></table></div>`
}

/** Ticks at every tenth around some shares. */
function percentTicks(values: readonly number[]): [number, string][] {
  const [low, high] = [Math.floor(10 * Math.min(...values)) / 10, Math.ceil(10 * Math.max(...values)) / 10]
  const step = high - low > 0.35 ? 0.1 : 0.05
  const steps = Math.max(1, Math.round((high - low) / step))
  return Array.from({ length: steps + 1 }, (_, i) => [low + i * step, `${Math.round(100 * (low + i * step))} %`])
}

function percent(share: number | null): string {
  return share === null ? 'no pairs' : `${(100 * share).toFixed(1)} %`
}

function points(difference: number): string {
  return `${difference < 0 ? '−' : '+'}${Math.abs(100 * difference).toFixed(1)}`
}

function interval({ low, high }: Interval): string {
  const signed = (share: number) => (100 * share).toFixed(1).replace('-', '−')
  return low === undefined || high === undefined ? 'too few prompts' : `${signed(low)} to ${signed(high)}`
}

function whole(n: number): string {
  return n.toLocaleString('en-US')
}

const style = `
:root{color-scheme:light dark;--paper:light-dark(#faf8f4,#1d1b18);--ink:light-dark(#26221c,#ebe7e0);--soft:light-dark(#59534a,#b5aea3);--line:light-dark(#ddd8cf,#3d3933);--accent:light-dark(#1c6149,#7fd3b1);--bad:light-dark(#94430b,#f0a766)}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 ui-sans-serif,system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:54rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h1{font-size:1.7rem;line-height:1.2;margin:.1rem 0 .4rem;overflow-wrap:anywhere}
h2{font-size:1.05rem;margin:0 0 .2rem}
.kind,.note,figcaption{color:var(--soft);margin:0 0 .4rem;font-size:.87rem}
.verdict{font-size:1.15rem;margin:1rem 0 .6rem;max-width:42rem}
.warnings{padding-left:1.1rem;margin:0;max-width:44rem;color:var(--soft)}
.warnings li::marker{content:'!  ';color:var(--bad);font-weight:700}
section{border-top:1px solid var(--line);padding:1.3rem 0 .3rem;margin-top:1.3rem;break-inside:avoid}
.table{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:right;padding:.28rem .6rem;border-bottom:1px solid var(--line);white-space:nowrap}
th:first-child{text-align:left;padding-left:0;font-weight:400;white-space:normal}
thead th{color:var(--soft);font-weight:500}
figure{margin:.6rem 0}
svg{width:100%;max-width:34rem;height:auto;display:block}
svg text{font:11px ui-sans-serif,system-ui,sans-serif;fill:var(--soft)}
.name{fill:var(--ink)!important}
.grid{stroke:var(--line)}
.line{fill:none;stroke:var(--accent);stroke-width:2}
.reference{fill:none;stroke:var(--soft);stroke-dasharray:4 3}
.whisker{stroke:var(--accent);stroke-width:5;stroke-opacity:.28;stroke-linecap:round}
.dot{fill:var(--accent)}
@media print{:root{color-scheme:light;--paper:#fff}main{padding:0;max-width:none}.table{overflow:visible}}
`
