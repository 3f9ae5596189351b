import { removalSentence, type ReportCard } from '@plaudit/reward'

type Interval = { estimate: number; low?: number; high?: number }

/** A report card as a table for the terminal. */
export function cardText(card: ReportCard): string {
  const removed = removalSentence(card.removed)
  const on = `${whole(card.pairs)} pairs from ${whole(card.prompts)} prompts`
  const how = card.kind === 'cross-validated' ? `${card.folds}-fold cross-validation grouped by prompt, ${on}` : `held-out, ${on}`
  const part = ({ accuracy, pairs }: { accuracy: number | null; pairs: number }) => [
    accuracy === null ? 'no pairs' : percent(accuracy),
    accuracy === null ? '' : `n = ${whole(pairs)}`,
  ]
  const rows: [string, string, string][] = [
    ['accuracy', percent(card.accuracy.estimate), interval(card.accuracy)],
    ['length alone', percent(card.lengthOnly.estimate), interval(card.lengthOnly)],
    ['advantage', `${(100 * card.advantage.estimate).toFixed(1)} points`, interval(card.advantage)],
    ['without length traits', percent(card.lengthControlled.estimate), interval(card.lengthControlled)],
    ['  outputs of like length', ...(part(card.lengthMatched) as [string, string])],
    ['  shorter one chosen', ...(part(card.shorterPreferred) as [string, string])],
    ['  longer one chosen', ...(part(card.longerPreferred) as [string, string])],
    ['Brier', card.calibration.brier.toFixed(3), '0.250 for a coin'],
    ['log-loss', card.calibration.logLoss.toFixed(3), '0.693 for a coin'],
    ['calibration error', card.calibration.ece.toFixed(3), '0 at best'],
  ]
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)))
  const table = rows.map(([name, value, note]) => `  ${name.padEnd(widths[0]!)}  ${value.padStart(widths[1]!)}  ${note}`.trimEnd())
  return [
    `Quality (${how})`,
    ...table,
    ...(removed === '' ? [] : [`Left out: ${removed}.`]),
    '',
    card.verdict,
    ...card.warnings.map((warning) => `! ${warning}`),
  ].join('\n')
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
