import { removalSentence, type ReportCard, type Share } from '@plaudit/reward'

type Interval = { estimate: number; low?: number; high?: number }
type Row = [name: string, value: string, note: string]

/** Values of a property that are listed, and authors are not: they are many, and their names say nothing. */
const LISTED = 6

/** A report card as tables for the terminal. */
export function cardText(card: ReportCard): string {
  const removed = removalSentence(card.removed)
  const on = `${whole(card.pairs)} pairs from ${whole(card.prompts)} prompts`
  const how = card.kind === 'cross-validated' ? `${card.folds}-fold cross-validation grouped by prompt, ${on}` : `held-out, ${on}`
  const quality: Row[] = [
    ['accuracy', percent(card.accuracy.estimate), interval(card.accuracy)],
    ['length alone', percent(card.lengthOnly.estimate), interval(card.lengthOnly)],
    ['advantage', `${(100 * card.advantage.estimate).toFixed(1)} points`, interval(card.advantage)],
    ...(card.lengthControlled === null
      ? []
      : ([['without length traits', percent(card.lengthControlled.estimate), interval(card.lengthControlled)]] satisfies Row[])),
    shareRow('  outputs of like length', card.lengthMatched),
    shareRow('  shorter one chosen', card.shorterPreferred),
    shareRow('  longer one chosen', card.longerPreferred),
    ...(card.ceiling === null ? [] : [shareRow('people with each other', card.ceiling)]),
    ...(card.ties === null
      ? []
      : ([
          ['ties lie closer', percent(card.ties.score.estimate), `${interval(card.ties.score)}, n = ${whole(card.ties.ties)}`],
        ] satisfies Row[])),
    ['Brier', card.calibration.brier.toFixed(3), '0.250 for a coin'],
    ['log-loss', card.calibration.logLoss.toFixed(3), '0.693 for a coin'],
    ['calibration error', card.calibration.ece.toFixed(3), '0 at best'],
  ]
  return [
    `Quality (${how})`,
    ...table(quality),
    ...(removed === '' ? [] : [`Left out: ${removed}.`]),
    ...strataText(card),
    ...bestOfText(card),
    ...learningText(card),
    '',
    card.verdict,
    ...card.warnings.map((warning) => `! ${warning}`),
  ].join('\n')
}

function strataText({ strata }: ReportCard): string[] {
  return strata
    .filter(({ by }) => by !== 'author')
    .flatMap(({ by, values, others }) => [
      '',
      `By ${by}`,
      ...table(values.slice(0, LISTED).map((one) => shareRow(one.value, one))),
      ...(values.length > LISTED || others > 0 ? ['  (rarer values: see --json)'] : []),
    ])
}

function bestOfText({ bestOfN }: ReportCard): string[] {
  if (bestOfN === null) return []
  const last = bestOfN.points.at(-1)
  if (last === undefined) return []
  const row = (name: string, known: Interval): Row => [name, percent(known.estimate), interval(known)]
  return [
    '',
    `Win rate of the best of ${last.n}, by the people who compared them (${whole(bestOfN.sets)} sets)`,
    ...table([
      row('cautious reward', last.conservative),
      row('reward', last.reward),
      ['a blind choice', '50.0 %', ''],
      row('the longest', last.longest),
      row('the people themselves', last.oracle),
    ]),
  ]
}

function learningText({ learning }: ReportCard): string[] {
  if (learning === null) return []
  return [
    '',
    `Accuracy by the number of training ${learning.unit}`,
    ...table(learning.points.map((point) => shareRow(whole(point.trainedOn), point, false))),
    learning.sentence,
  ]
}

function shareRow(name: string, { accuracy, pairs, low, high }: Share, showsPairs = true): Row {
  if (accuracy === null) return [name, 'no pairs', '']
  const n = showsPairs ? `, n = ${whole(pairs)}` : ''
  return [
    name,
    percent(accuracy),
    `${interval({ estimate: accuracy, ...(low !== undefined && high !== undefined ? { low, high } : {}) })}${n}`,
  ]
}

function table(rows: readonly Row[]): string[] {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map(([name, value, note]) => `  ${name.padEnd(widths[0]!)}  ${value.padStart(widths[1]!)}  ${note}`.trimEnd())
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function interval({ low, high }: Interval): string {
  return low === undefined || high === undefined
    ? 'no interval: too few prompts'
    : `95 % interval ${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)}`
}

function whole(n: number): string {
  return n.toLocaleString('en-US')
}
