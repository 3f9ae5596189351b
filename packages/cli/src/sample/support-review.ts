import { examplesFrom, lastDays, type SampleOutput, type SampleReview } from './sample-review.ts'

/** So many of the pairs are compared again. */
const PAIRS = 40

const points = (...described: readonly [string, string][]) =>
  described.map(([label, description], index) => ({ value: index + 1, label, description }))

/** Replies of the support bot, a uniform sample of its traffic, each judged by two people. */
export const supportReview: SampleReview = {
  name: 'Support replies',
  criteria: [
    {
      type: 'ordinal',
      key: 'helpfulness',
      title: 'How much does the reply help?',
      help: 'Would the customer know what to do, without writing again?',
      points: points(
        ['No use', 'Nothing that the customer can do.'],
        ['Little', 'One step of several.'],
        ['Partly', 'About half of the steps; the customer has to ask again.'],
        ['Mostly', 'A step is missing that most customers find by themselves.'],
        ['Fully', 'Every step, in order.'],
      ),
    },
    {
      type: 'ordinal',
      key: 'accuracy',
      title: 'Is what it says true?',
      help: 'The handbook stands in the input. Only what contradicts it counts; what is missing belongs to helpfulness.',
      points: points(
        ['False', 'States a rule, time or amount that the handbook contradicts.'],
        ['Mostly false', 'The main point is false, the rest is true.'],
        ['Doubtful', 'Can be read in a way that is false.'],
        ['Nearly', 'A detail is imprecise, and it does not matter.'],
        ['True', 'Everything is as the handbook has it.'],
      ),
    },
    {
      type: 'ordinal',
      key: 'tone',
      title: 'How does it sound?',
      points: points(
        ['Rude', 'Puts the customer off.'],
        ['Curt', 'Cold, or refers to the terms.'],
        ['Neutral', 'Polite and impersonal.'],
        ['Friendly', 'Speaks to the person.'],
        ['Warm', 'Understands the trouble and offers to help further.'],
      ),
    },
    {
      type: 'mark',
      key: 'errors',
      title: 'Which words are false?',
      required: false,
      when: { criterion: 'accuracy', in: [1, 2, 3] },
      types: [{ value: 'inaccurate', label: 'Inaccurate' }],
    },
    {
      type: 'correction',
      key: 'correction',
      title: 'What should it have said?',
      required: false,
      when: { criterion: 'accuracy', in: [1, 2, 3] },
    },
  ],
  guideline: supportGuideline,
  settings: {
    itemKind: 'span',
    overlap: 2,
    instructions:
      'Replies of the support bot, drawn evenly from two weeks of its traffic. Judge the last reply by the handbook in the input.',
  },
  fill: (sample) => ({
    filter: { promptName: 'support-reply', environment: 'production', from: lastDays(sample, 14) },
    plan: { uniform: 0.14 },
  }),
}

/** Pairs of replies to the same question, which other reviewers have compared before. */
export const supportPairReview: SampleReview = {
  name: 'Support replies side by side',
  criteria: [
    {
      type: 'comparison',
      key: 'preference',
      title: 'Which reply would you rather send?',
      help: 'A false fact outweighs a missing step, and a missing step outweighs the tone. Length by itself is no merit.',
    },
  ],
  guideline: supportGuideline,
  settings: { itemKind: 'comparison', overlap: 2, instructions: 'The same question, answered by two versions of the support bot.' },
  fill: ({ cases }) => ({
    items: cases
      .flatMap(({ feedback }) => feedback.find(({ target }) => target.kind === 'comparison')?.target ?? [])
      .slice(0, PAIRS)
      .map((target) => ({ target })),
  }),
}

function supportGuideline(outputs: readonly SampleOutput[]) {
  const replies = outputs.filter(({ span }) => span.service === 'support-bot')
  return {
    name: 'Support replies',
    body: `You read what a customer wrote and what the bot answered. Judge the last answer, and judge it as the customer would: somebody who wants a thing
settled and does not know the shop.

## Three questions, one at a time

1. **Helpfulness** is what the customer can do after reading. Count the steps of the solution that are told.
2. **Accuracy** is what the handbook says, and nothing else. The handbook's article stands at the top of the input.
3. **Tone** is how it sounds. A friendly reply can be useless, and a curt one can be right: do not let one answer colour the next.

## When you are in doubt

- A rule, time or amount that the handbook contradicts is accuracy 1, also when the rest is fine. Mark the sentence.
- What is missing lowers helpfulness, never accuracy.
- Filler such as “we always strive for satisfied customers” neither helps nor harms.
- Skip the item when you cannot read it, and say why.
`,
    examples: examplesFrom(replies, [
      {
        verdict: 'good',
        fits: ({ quality }) => quality >= 4.6,
        reason: () => 'Every step in order, the fact as the handbook has it, and an offer to help further: 5 on all three questions.',
      },
      {
        verdict: 'bad',
        fits: ({ failure }) => failure === 'wrong:refund',
        reason: () =>
          'The handbook gives 30 days and no apology money. A policy that is made up is accuracy 1, however kind the reply sounds.',
      },
      {
        verdict: 'bad',
        fits: ({ failure, quality }) => failure === null && quality < 2.6,
        reason: () =>
          'What it says is true, but the customer cannot do anything with it, and it is curt: accuracy 5, helpfulness 1, tone 2.',
      },
    ]),
  }
}
