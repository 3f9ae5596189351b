import type { SummaryErrorType } from './legal-summary.ts'
import { examplesFrom, lastDays, type SampleOutput, type SampleReview } from './sample-review.ts'

/** With more than one error a summary is worse than this. */
const ONE_ERROR = 3.4

/** Summaries of legal documents, in which a lawyer marks what is wrong. */
export const legalReview: SampleReview = {
  name: 'Legal summaries',
  criteria: [
    {
      type: 'mark',
      key: 'errors',
      title: 'What is wrong in the summary?',
      help: 'Compare it with the document, point by point. Mark the words; for what is missing, the place where it belongs.',
      types: [
        { value: 'inaccurate', label: 'Inaccurate', description: 'The document says something else.' },
        { value: 'incomplete', label: 'Incomplete', description: 'A right, duty, deadline or amount is missing.' },
        { value: 'misleading', label: 'Misleading', description: 'True as far as it goes, and a client would understand it wrongly.' },
      ],
      severities: [
        { value: 'minor', label: 'Minor', description: 'The client would act no differently.' },
        { value: 'major', label: 'Major', description: 'The client would act differently, and could mend it.' },
        { value: 'critical', label: 'Critical', description: 'The client would lose a right, miss a deadline or owe money.' },
      ],
    },
    {
      type: 'correction',
      key: 'correction',
      title: 'How should it read?',
      help: 'The whole summary as you would sign it. Leave it out where there is nothing to change.',
      required: false,
    },
    {
      type: 'ordinal',
      key: 'quality',
      title: 'How good is the summary?',
      points: [
        { value: 1, label: 'Useless', description: 'Several errors; it has to be written anew.' },
        { value: 2, label: 'Poor', description: 'Errors that a client would be harmed by.' },
        { value: 3, label: 'Usable', description: 'An error, or a few small ones; it needs an hour of work.' },
        { value: 4, label: 'Good', description: 'One small thing to mend.' },
        { value: 5, label: 'Excellent', description: 'Can go to the client as it is.' },
      ],
    },
  ],
  guideline: legalGuideline,
  settings: {
    itemKind: 'span',
    overlap: 2,
    instructions:
      'Summaries of legal documents for clients. The document is the input; mark what the summary gets wrong, then judge the whole.',
  },
  fill: (sample) => ({ filter: { promptName: 'legal-summary', from: lastDays(sample, 21) }, plan: { uniform: 0.3 } }),
}

function legalGuideline(outputs: readonly SampleOutput[]) {
  const summaries = outputs.filter(({ span }) => span.service === 'legal-summaries')
  return {
    name: 'Legal summaries',
    body: `The client reads the summary instead of the document. Whatever they would get wrong by it is an error; how elegantly it is written is not your concern.

## Three kinds of error

- **Inaccurate**: the document says something else. Mark the words that are wrong.
- **Incomplete**: a right, duty, deadline or amount is missing. Set a mark without length where it belongs, and say in the note what is missing.
- **Misleading**: true as far as it goes, but a client would draw the wrong conclusion. Mark the sentence.

One fault is one mark. Where two kinds hold, choose the one that harms more: inaccurate before misleading before incomplete. Where there is nothing to
mark, say so with *Nothing to mark*: an empty answer is a finding too.

## Severity

Think of the client who acts on the summary. A lost right, a missed deadline or a debt is **critical**; what can be mended is **major**; what changes nothing is **minor**.
`,
    examples: examplesFrom(summaries, [
      {
        verdict: 'good',
        fits: ({ failure }) => failure === null,
        reason: () => 'Every right, duty, deadline and amount of the document is in it: nothing to mark, quality 5.',
      },
      fault(
        'incomplete',
        ({ note = '' }) => `A right, duty, deadline or amount is left out: set a mark where it belongs, as incomplete. ${note}`,
      ),
      fault('inaccurate', ({ quote = '', note = '' }) => `Mark “${quote}” as inaccurate. ${note}`),
      fault('misleading', ({ quote = '', note = '' }) => `Mark “${quote}” as misleading. ${note}`),
    ]),
  }
}

/** A summary with this error and no other, which a reviewer has found. */
function fault(type: SummaryErrorType, reason: (mark: SampleOutput['marks'][number]) => string) {
  return {
    verdict: 'bad' as const,
    fits: ({ failure, quality, marks }: SampleOutput) =>
      failure?.startsWith(`${type}:`) === true && quality > ONE_ERROR && marks.length > 0,
    reason: ({ marks: [mark] }: SampleOutput) => (mark === undefined ? '' : reason(mark)),
  }
}
