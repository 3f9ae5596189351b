import type { CriterionType } from '@plaudit/protocol'

/** What a type of criterion is called, and when it is the right one. */
export const criterionTypes: Record<CriterionType, { label: string; says: string }> = {
  binary: { label: 'Yes or no', says: 'One question with two answers' },
  ordinal: { label: 'Scale', says: 'Labelled steps from worst to best' },
  numeric: { label: 'Number', says: 'A number that is typed, with limits and a unit' },
  categorical: { label: 'One of several', says: 'Exactly one label' },
  multi_label: { label: 'Any of several', says: 'Every label that applies' },
  text: { label: 'Text', says: 'A few words in free text' },
  correction: { label: 'Correction', says: 'The output, rewritten as it should have been' },
  mark: { label: 'Marks in the text', says: 'Passages that are wrong, each with a type' },
  comparison: { label: 'Comparison of two', says: 'Which of two outputs is better' },
  ranking: { label: 'Ranking', says: 'All outputs in order' },
}
export const criterionTypeNames = Object.keys(criterionTypes) as CriterionType[]

/** Types that ask about several outputs; the others ask about one. */
export const isComparing = (type: CriterionType): boolean => type === 'comparison' || type === 'ranking'
