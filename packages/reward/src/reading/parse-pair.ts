import { RewardError } from '../error.ts'
import type { Pair } from '../pair.ts'
import { joinTurns, plainText, turnsOf, type Turn } from './message.ts'
import { parseTranscript } from './transcript.ts'

/**
 * A pair from one row of a preference file: `{prompt, chosen, rejected}` with strings or lists of messages, or `{chosen, rejected}` alone,
 * both whole conversations (messages or `Human:`/`Assistant:` transcripts) that share their beginning. Also read: `group`, `weight`, `tie`,
 * `strength`, `source`, `author`; and every other field with a short text, as well as those of `metadata`, as what the pair can be told apart by.
 *
 * @param groupField The field whose value is the pair's group; by default `group`, else the opening user turn.
 * @throws RewardError `row` with a sentence that says what is missing.
 */
export function parsePair(row: unknown, groupField = 'group'): Pair {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw refuse('expected an object with chosen and rejected')
  const fields = row as Record<string, unknown>
  for (const name of ['chosen', 'rejected']) {
    if (fields[name] === undefined || fields[name] === null) throw refuse(`the field "${name}" is missing`)
  }
  const pair = fields.prompt === undefined || fields.prompt === null ? fromConversations(fields) : fromPrompt(fields)
  const group = fields[groupField]
  if (group !== undefined && group !== null) pair.group = plainText(group)
  if (fields.tie === true) pair.tie = true
  if (fields.weight !== undefined) {
    if (typeof fields.weight !== 'number' || !Number.isFinite(fields.weight) || fields.weight < 0)
      throw refuse('"weight" is no number of at least 0')
    pair.weight = fields.weight
  }
  if (typeof fields.author === 'string' && fields.author !== '') pair.author = fields.author
  if (typeof fields.source === 'string' && fields.source !== '') pair.source = fields.source
  if (fields.strength !== undefined) {
    if (!Number.isInteger(fields.strength) || (fields.strength as number) < 1 || (fields.strength as number) > MOST_STRENGTH)
      throw refuse(`"strength" is no whole number from 1 to ${MOST_STRENGTH}`)
    pair.strength = fields.strength as number
  }
  const strata = strataOf(fields, groupField)
  if (Object.keys(strata).length > 0) pair.strata = strata
  return pair
}

/** Fields with a meaning of their own, and ids, which name one pair and no kind of pairs. */
const reserved = new Set([
  'prompt',
  'chosen',
  'rejected',
  'group',
  'tie',
  'weight',
  'strength',
  'author',
  'metadata',
  'strata',
  'id',
  'feedbackId',
  'time',
  'key',
  'split',
  'session',
])
/** Levels of preference that people tell apart. */
const MOST_STRENGTH = 9
/** Longer texts are content. */
const MOST_CHARACTERS = 100

function strataOf(fields: Record<string, unknown>, groupField: string): Record<string, string> {
  const named = [fields.metadata, fields.strata].flatMap((value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value as Record<string, unknown>) : [],
  )
  const own = Object.entries(fields).filter(([name]) => !reserved.has(name) && name !== groupField)
  return Object.fromEntries(
    [...own, ...named].flatMap(([name, value]) =>
      (typeof value === 'string' && value !== '' && value.length <= MOST_CHARACTERS) || typeof value === 'boolean'
        ? [[name, String(value)]]
        : [],
    ),
  )
}

function fromPrompt(fields: Record<string, unknown>): Pair {
  const turns = conversation(fields.prompt)
  const group = turns && openingTurn(turns)
  const pair: Pair = {
    prompt: turns ? joinTurns(turns) : plainText(fields.prompt),
    chosen: plainText(fields.chosen),
    rejected: plainText(fields.rejected),
  }
  return group ? { ...pair, group } : pair
}

function fromConversations(fields: Record<string, unknown>): Pair {
  const chosen = conversation(fields.chosen)
  const rejected = conversation(fields.rejected)
  if (!chosen || !rejected)
    throw refuse('without "prompt", "chosen" and "rejected" must be whole conversations (messages or Human:/Assistant: transcripts)')
  let shared = 0
  while (shared < Math.min(chosen.length, rejected.length) - 1 && sameTurn(chosen[shared]!, rejected[shared]!)) shared += 1
  if (shared === 0) throw refuse('"chosen" and "rejected" share no beginning, so that they do not answer the same input')
  const context = chosen.slice(0, shared)
  return {
    prompt: joinTurns(context),
    chosen: joinTurns(chosen.slice(shared)),
    rejected: joinTurns(rejected.slice(shared)),
    group: openingTurn(context) ?? joinTurns(context),
  }
}

function conversation(value: unknown): Turn[] | null {
  return typeof value === 'string' ? parseTranscript(value) : turnsOf(value)
}

function openingTurn(turns: Turn[]): string | null {
  return turns.find((turn) => turn.role === 'user')?.content ?? null
}

function sameTurn(a: Turn, b: Turn): boolean {
  return a.role === b.role && a.content === b.content
}

function refuse(problem: string): RewardError {
  return new RewardError('row', problem)
}
