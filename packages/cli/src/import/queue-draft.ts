import { type CriterionInput, type FeedbackInput, type Queue, targetSchema, type Target } from '@plaudit/protocol'
import type { PlauditClient } from '@plaudit/sdk'
import { findQueue } from '../client/find-queue.ts'

/** Items that are added in one request. */
const CHUNK = 1_000
/** Different numbers of a rating up to which it is asked as points of a scale. */
const MOST_POINTS = 11
const MOST_OPTIONS = 50
const kinds = ['comparison', 'span', 'trace', 'session'] as const
type Kind = (typeof kinds)[number]

/** What was given on one criterion. */
type Seen = { kind: FeedbackInput['kind']; values: Set<string> }
export type QueueOptions = { name: string; overlap: number; guideline?: string | undefined }
export type FilledQueue = { name: string; items: number; added: number }

/**
 * A queue for what imported feedback is about, with a rubric that asks what the feedback says: so that it can be judged again, and the imported
 * judgments stand beside the new ones. Feedback on outputs and on comparisons of outputs makes two queues.
 */
export function queueDraft() {
  const targets: Record<Kind, Map<string, Target>> = { comparison: new Map(), span: new Map(), trace: new Map(), session: new Map() }
  const criteria: Record<Kind, Map<string, Seen>> = { comparison: new Map(), span: new Map(), trace: new Map(), session: new Map() }

  function see(feedback: readonly FeedbackInput[]): void {
    for (const one of feedback) {
      const target = targetSchema.parse(one.target)
      if (target.kind === 'document') continue
      const kind: Kind = target.kind
      targets[kind].set(JSON.stringify(target), target)
      const seen = criteria[kind].get(one.criterion) ?? { kind: one.kind, values: new Set() }
      criteria[kind].set(one.criterion, seen)
      for (const value of valuesOf(one)) if (seen.values.size <= MOST_OPTIONS) seen.values.add(value)
    }
  }

  /** Makes the queues, or fills those that an earlier import made. */
  async function fill(client: PlauditClient, options: QueueOptions): Promise<FilledQueue[]> {
    const used = kinds.filter((kind) => targets[kind].size > 0 && criteriaOf(criteria[kind]).length > 0)
    const filled: FilledQueue[] = []
    for (const kind of used) {
      const name = used.length === 1 ? options.name : `${options.name}: ${kind}s`
      const queue = (await findQueue(client, name)) ?? (await create(client, kind, name, options))
      const all = [...targets[kind].values()]
      let added = 0
      for (let from = 0; from < all.length; from += CHUNK)
        added += (await client.queues.fill(queue.id, { items: all.slice(from, from + CHUNK).map((target) => ({ target })) })).added
      filled.push({ name, items: all.length, added })
    }
    return filled
  }

  async function create(client: PlauditClient, itemKind: Kind, name: string, { overlap, guideline }: QueueOptions): Promise<Queue> {
    const rubric = await client.rubrics.create({ name, criteria: criteriaOf(criteria[itemKind]) })
    const document = guideline === undefined ? null : await client.guidelines.create({ name, body: guideline })
    return client.queues.create({ name, itemKind, overlap, rubricId: rubric.id, guidelineId: document?.id ?? null })
  }

  return { see, fill }
}

/** What a value says, as far as a question offers it as an answer. */
function valuesOf({ kind, value }: FeedbackInput): string[] {
  switch (kind) {
    case 'rating':
    case 'label':
      return [String(value)]
    case 'labels':
      return value as string[]
    case 'marks':
      return (value as { type: string }[]).map(({ type }) => type)
    default:
      return []
  }
}

function criteriaOf(seen: ReadonlyMap<string, Seen>): CriterionInput[] {
  return [...seen].flatMap(([criterion, { kind, values }]): CriterionInput[] => {
    const common = {
      key: keyOf(criterion),
      title: titleOf(criterion),
      required: kind !== 'correction' && kind !== 'text' && kind !== 'marks',
    }
    const options = [...values].toSorted().map((value) => ({ value, label: titleOf(value) }))
    switch (kind) {
      case 'thumbs':
        return [{ type: 'binary', ...common }]
      case 'rating': {
        const numbers = [...values].map(Number)
        if (numbers.length < 2 || numbers.length > MOST_POINTS || !numbers.every(Number.isInteger)) return [{ type: 'numeric', ...common }]
        const points = numbers.toSorted((a, b) => a - b).map((value) => ({ value, label: String(value) }))
        return [{ type: 'ordinal', ...common, points }]
      }
      case 'label':
        return options.length < 2 || options.length > MOST_OPTIONS ? [] : [{ type: 'categorical', ...common, options }]
      case 'labels':
        return options.length < 1 || options.length > MOST_OPTIONS ? [] : [{ type: 'multi_label', ...common, options }]
      case 'marks':
        return options.length < 1 || options.length > 30 ? [] : [{ type: 'mark', ...common, types: options }]
      case 'comparison':
        return [{ type: 'comparison', ...common }]
      case 'ranking':
        return [{ type: 'ranking', ...common }]
      case 'correction':
        return [{ type: 'correction', ...common }]
      case 'text':
        return [{ type: 'text', ...common }]
      case 'flag':
        return []
    }
  })
}

function keyOf(criterion: string): string {
  const key = criterion
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 64)
  return key === '' ? 'answer' : key
}

function titleOf(name: string): string {
  const words = name.replaceAll(/[_-]+/g, ' ').trim()
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}
