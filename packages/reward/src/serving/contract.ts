import { RewardError } from '../error.ts'
import type { OutputScore } from '../evaluation/output-score.ts'
import { sigmoid } from '../objective/logistic.ts'
import type { ScoreItem } from '../pair.ts'
import { joinTurns, plainText, turnsOf } from '../reading/message.ts'
import { splitConversation } from './conversation.ts'

/** A request of a training engine, as outputs to score and how to say their scores. */
export interface ScoreRequest {
  contract: string
  items: ScoreItem[]
  reply(scores: readonly OutputScore[]): unknown
}

type Fields = Record<string, unknown>
interface Contract {
  name: string
  matches(body: unknown): boolean
  read(body: never, model: string): Omit<ScoreRequest, 'contract'>
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const has = (name: string) => (body: unknown) => isFields(body) && body[name] !== undefined
const rewards = (scores: readonly OutputScore[]) => scores.map(({ reward }) => reward)

/**
 * What reward endpoints are asked today, told apart by the fields of the request; the first that fits counts. Every contract's address differs
 * from engine to engine, so none is looked at.
 */
const contracts: readonly Contract[] = [
  {
    // {items: [{input, output}]}
    name: 'plaudit',
    matches: has('items'),
    read: (body: { items: unknown }, model) => ({
      items: listOf('items', body.items).map((item) => {
        if (!isFields(item) || item.output === undefined) throw refuse('every item needs an input and an output')
        return { input: plainText(item.input), output: plainText(item.output) }
      }),
      reply: (scores) => ({ items: scores.map(({ reward, std }) => ({ reward, std, model })) }),
    }),
  },
  {
    // OpenRLHF: {query: [prompt and completion], prompts: [prompt], labels}
    name: 'openrlhf',
    matches: has('query'),
    read: (body: Fields) => {
      const prompts = body.prompts === undefined ? [] : listOf('prompts', body.prompts)
      return {
        items: listOf('query', body.query).map((text, i) => splitConversation(textOf('query', text), prompts[i] as string | undefined)),
        reply: (scores) => ({ rewards: rewards(scores), scores: rewards(scores), extra_logs: {} }),
      }
    },
  },
  {
    // LLaMA-Factory: {model, messages: [text]}
    name: 'llama-factory',
    matches: has('messages'),
    read: (body: Fields) => ({
      items: listOf('messages', body.messages).map((text) => splitConversation(textOf('messages', text))),
      reply: (scores) => ({ scores: rewards(scores) }),
    }),
  },
  {
    // Google reinforcement tuning: {example: {contents}, response: {parts: [{text}]}}
    name: 'google',
    matches: (body) => has('example')(body) && has('response')(body),
    read: (body: { example: { contents?: { parts?: unknown }[] }; response: { parts?: unknown } }) => ({
      items: [
        {
          input: (body.example.contents ?? []).map(({ parts }) => partsText(parts)).join('\n\n'),
          output: partsText(body.response.parts),
        },
      ],
      reply: ([score]) => ({ reward: Math.max(-1, Math.min(1, score!.reward)) }),
    }),
  },
  {
    // vLLM's look-alike: {model, input: text or [text]} → probabilities
    name: 'vllm-classify',
    matches: has('input'),
    read: (body: Fields, model) => ({
      items: [body.input].flat().map((text) => splitConversation(textOf('input', text))),
      reply: (scores) => ({
        object: 'list',
        model,
        data: scores.map(({ reward }, index) => ({ index, label: 'LABEL_0', probs: [sigmoid(reward)], num_classes: 1 })),
      }),
    }),
  },
  {
    // AWS Nova: [{id, messages: […, assistant]}]
    name: 'nova',
    matches: (body) => Array.isArray(body) && body.length > 0,
    read: (body: Fields[]) => ({
      items: body.map((row) => {
        const turns = isFields(row) ? turnsOf(row.messages) : null
        const last = turns?.at(-1)
        if (!turns || !last) throw refuse('every row needs messages that end with the answer')
        return { input: joinTurns(turns.slice(0, -1)), output: last.content }
      }),
      reply: (scores) =>
        scores.map(({ reward, std }, i) => ({
          id: body[i]!.id,
          aggregate_reward_score: reward,
          metrics_list: [
            { name: 'reward', value: reward, type: 'Reward' },
            { name: 'std', value: std, type: 'Metric' },
          ],
        })),
    }),
  },
]

/**
 * Understands a request of any of the contracts: ours, OpenRLHF, LLaMA-Factory, Google reinforcement tuning, vLLM `/classify` and AWS Nova.
 *
 * @param model What the answer calls the model.
 * @throws RewardError `row` for a request of no contract, or with a field of another form.
 */
export function readScoreRequest(body: unknown, model: string): ScoreRequest {
  const contract = contracts.find((one) => one.matches(body))
  if (contract === undefined) throw refuse('send {"items": [{"input": …, "output": …}]} or the request of a training engine')
  return { contract: contract.name, ...contract.read(body as never, model) }
}

function listOf(field: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw refuse(`"${field}" must be a list`)
  return value
}

function textOf(field: string, value: unknown): string {
  if (typeof value !== 'string') throw refuse(`"${field}" must hold texts`)
  return value
}

function partsText(parts: unknown): string {
  return Array.isArray(parts)
    ? parts.map((part: unknown) => (isFields(part) && typeof part.text === 'string' ? part.text : '')).join('\n')
    : ''
}

function refuse(problem: string): RewardError {
  return new RewardError('row', `The request cannot be scored: ${problem}.`)
}
