import { type Criterion, optionsOf } from '@plaudit/protocol'
import { optionValues, outcomeKeys } from './criterion-key.ts'

const LONGEST = 160

/** What somebody else answered to a criterion, in its own words: the labels of its options, and counts of marks. */
export function saidText(criterion: Criterion, value: unknown): string {
  const text = wordsOf(criterion, value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

function wordsOf(criterion: Criterion, value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : countsOf(criterion, value as readonly unknown[])
  if (typeof value !== 'object' || value === null) return labelOf(criterion, value)
  if ('outcome' in value) {
    const label = outcomeKeys.find(({ outcome }) => outcome === value.outcome)?.label ?? plain(value.outcome)
    return 'strength' in value && value.strength !== undefined ? `${label}, strength ${plain(value.strength)}` : label
  }
  if ('ranks' in value && Array.isArray(value.ranks)) return `ranks ${value.ranks.join(', ')}`
  return 'text' in value ? plain(value.text) : JSON.stringify(value)
}

/** Labels, those that occur several times with their number: marks are a list with one entry for each. */
function countsOf(criterion: Criterion, values: readonly unknown[]): string {
  const labels = values.map((one) => labelOf(criterion, typeof one === 'object' && one !== null && 'type' in one ? one.type : one))
  return [...Map.groupBy(labels, (label) => label)]
    .map(([label, same]) => (same.length > 1 ? `${same.length} × ${label}` : label))
    .join(', ')
}

function labelOf(criterion: Criterion, value: unknown): string {
  // A yes or no is stored as 1 or 0.
  const asked = criterion.type === 'binary' && typeof value === 'number' ? value === 1 : value
  const index = optionValues(criterion).findIndex((one) => one === asked)
  return optionsOf(criterion)[index]?.label ?? plain(value)
}

const plain = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
