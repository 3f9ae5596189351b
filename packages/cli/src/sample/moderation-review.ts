import { messageText } from '@plaudit/protocol'
import { examplesFrom, lastDays, type SampleOutput, type SampleReview } from './sample-review.ts'

/** Decisions of the forum's moderator: a slice of everything, and more of what it removed. */
export const moderationReview: SampleReview = {
  name: 'Moderation decisions',
  criteria: [
    {
      type: 'categorical',
      key: 'decision',
      title: 'What should happen to the post?',
      help: 'Decide by the post alone. What the model decided may be wrong.',
      options: [
        { value: 'keep', label: 'Keep', description: 'It breaks no rule, even if it is rude or silly.' },
        { value: 'remove', label: 'Remove', description: 'It breaks at least one rule.' },
      ],
    },
    {
      type: 'multi_label',
      key: 'categories',
      title: 'Which rules does it break?',
      help: 'None of them where the post stays.',
      options: [
        { value: 'spam', label: 'Spam', description: 'Advertises to strangers, or asks them to spread something.' },
        { value: 'harassment', label: 'Harassment', description: 'Humiliates or insults a person who is spoken to or about.' },
        { value: 'hate', label: 'Hate', description: 'Puts down a group of people for where they come from or who they are.' },
        { value: 'violence', label: 'Violence', description: 'Threatens, or calls for harm to somebody.' },
        {
          value: 'self_harm',
          label: 'Self-harm',
          description: 'Somebody speaks of hurting themselves. It is removed so that a person can get in touch.',
        },
        { value: 'sexual', label: 'Sexual', description: 'Offers or advertises sexual content.' },
      ],
    },
  ],
  guideline: moderationGuideline,
  settings: {
    itemKind: 'span',
    overlap: 2,
    instructions:
      'Posts of a neighbourhood forum. Say what should have happened to each; the model’s own decision is what is being checked.',
  },
  fill: (sample) => ({
    filter: { promptName: 'moderate-post', from: lastDays(sample, 28) },
    plan: { uniform: 0.08, strata: [{ name: 'removed', filter: { metadata: 'decision:remove' }, rate: 0.25 }] },
  }),
}

function moderationGuideline(outputs: readonly SampleOutput[]) {
  const isDecision = (decision: string) => (output: SampleOutput) =>
    output.span.service === 'forum-moderator' && output.span.metadata?.decision === decision
  const [isKept, isRemoved] = [isDecision('keep'), isDecision('remove')]
  return {
    name: 'Moderation decisions',
    body: `The forum is for people who live near each other. It should stay a place where one can disagree, complain and joke. Remove what harms somebody;
keep the rest.

## How to decide

1. Read the post, and cover the model's answer if it sways you.
2. Ask **whom it is aimed at**. Rude words about a meeting, the heat or a film hurt nobody; the same words at a neighbour do.
3. Ask **what it wants**. An advertisement wants money from strangers. Somebody who sells their own bicycle is a neighbour.
4. If it breaks a rule, remove it and choose every category that holds. If it breaks none, keep it and choose none.

## When you are in doubt

- Reporting what somebody else said is not saying it.
- A threat counts whether or not it would be carried out.
- Asking for help, or where to find it, always stays.
`,
    examples: examplesFrom(
      outputs,
      [
        {
          verdict: 'good',
          fits: (output) => isRemoved(output) && output.failure === null && Number(output.span.metadata?.['score.spam']) >= 0.5,
          reason: () => 'Advertises to strangers: removed rightly, category spam.',
        },
        {
          verdict: 'good',
          fits: (output) => isKept(output) && output.failure === null && postOf(output).includes('clown show'),
          reason: () => 'Rude about a meeting, not about a person: kept rightly.',
        },
        {
          verdict: 'bad',
          fits: (output) => output.failure === 'kept:harassment',
          reason: () =>
            'Humiliates somebody, and stayed because its score is low. Decide by the post, not by the score: remove, category harassment.',
        },
      ],
      (output) => `${postOf(output)}\n\n→ ${output.span.metadata?.decision ?? ''}`,
    ),
  }
}

function postOf({ span }: SampleOutput): string {
  return messageText((span.input ?? []).filter(({ role }) => role === 'user'))
}
