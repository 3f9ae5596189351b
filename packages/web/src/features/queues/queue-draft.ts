import type { Queue, QueueFill, QueueInput, TrafficFilter } from '@plaudit/sdk'
import { type PlanDraft, planOf, planProblem, rateOf } from './sampling-plan.ts'

/** A queue's settings while they are edited; numbers are text until they are read. */
export type QueueDraft = {
  name: string
  instructions: string
  itemKind: Queue['itemKind']
  rubricId: string | null
  guidelineId: string
  overlap: string
  assignment: 'anyone' | 'people' | 'skill'
  people: string[]
  skill: string
  leaseMinutes: string
  hideModel: boolean
  hideOthers: boolean
  hidePrelabels: boolean
  shuffle: boolean
  goldPercent: string
  isQualified: boolean
  qualificationItems: string
  passPercent: string
  isWatched: boolean
  goodPercent: string
  poorPercent: string
  hourlyRate: string
  currency: string
}

/** Where the items come from. */
export type FillDraft = {
  /** By hand, once from what is stored, or from what is stored and whatever comes. */
  from: 'hand' | 'once' | 'rule'
  filter: TrafficFilter
  isSampled: boolean
  plan: PlanDraft
  compare: 'promptVersion' | 'model' | 'samples'
  limit: string
}

export const newQueueDraft: QueueDraft = {
  name: '',
  instructions: '',
  itemKind: 'span',
  rubricId: null,
  guidelineId: '',
  overlap: '2',
  assignment: 'anyone',
  people: [],
  skill: '',
  leaseMinutes: '15',
  hideModel: true,
  hideOthers: true,
  hidePrelabels: true,
  shuffle: true,
  goldPercent: '0',
  isQualified: false,
  qualificationItems: '10',
  passPercent: '80',
  isWatched: true,
  goodPercent: '90',
  poorPercent: '60',
  hourlyRate: '',
  currency: 'EUR',
}
export const newFillDraft: FillDraft = {
  from: 'once',
  filter: {},
  isSampled: true,
  plan: { uniform: '10', strata: [], seed: '1' },
  compare: 'promptVersion',
  limit: '10000',
}

export function queueDraftOf(queue: Queue): QueueDraft {
  const { assignment, blind, qualification, goldWatch, hourlyRate } = queue
  return {
    name: queue.name,
    instructions: queue.instructions,
    itemKind: queue.itemKind,
    rubricId: queue.rubricId,
    guidelineId: queue.guidelineId ?? '',
    overlap: String(queue.overlap),
    assignment: assignment.mode,
    people: assignment.mode === 'people' ? assignment.people : [],
    skill: assignment.mode === 'skill' ? assignment.skill : '',
    leaseMinutes: String(queue.leaseMinutes),
    ...blind,
    shuffle: queue.shuffle,
    goldPercent: percent(queue.goldRate),
    isQualified: qualification !== null,
    qualificationItems: String(qualification?.items ?? 10),
    passPercent: percent(qualification?.passMark ?? 0.8),
    isWatched: goldWatch !== null,
    goodPercent: percent(goldWatch?.good ?? 0.9),
    poorPercent: percent(goldWatch?.poor ?? 0.6),
    hourlyRate: hourlyRate === null ? '' : String(hourlyRate.amount),
    currency: hourlyRate?.currency ?? 'EUR',
  }
}

const percent = (share: number): string => String(Math.round(share * 1_000) / 10)
const whole = (text: string, from: number, to: number): number | null => {
  const value = Number(text.trim())
  return text.trim() !== '' && Number.isInteger(value) && value >= from && value <= to ? value : null
}

/** What is wrong with the settings, by field, as sentences that say what to do. */
export function queueProblems(draft: QueueDraft): Partial<Record<keyof QueueDraft, string>> {
  const gold = rateOf(draft.goldPercent)
  const pass = rateOf(draft.passPercent)
  const rate = Number(draft.hourlyRate)
  const [good, poor] = [rateOf(draft.goodPercent), rateOf(draft.poorPercent)]
  return {
    ...(draft.name.trim() === '' ? { name: 'Give the queue a name.' } : {}),
    ...(draft.rubricId === null ? { rubricId: 'Choose what is asked.' } : {}),
    ...(whole(draft.overlap, 1, 20) === null ? { overlap: 'From 1 to 20 people.' } : {}),
    ...(whole(draft.leaseMinutes, 1, 1_440) === null ? { leaseMinutes: 'From 1 to 1440 minutes.' } : {}),
    ...(draft.assignment === 'people' && draft.people.length === 0 ? { people: 'Choose at least one person.' } : {}),
    ...(draft.assignment === 'skill' && draft.skill.trim() === '' ? { skill: 'Name the skill.' } : {}),
    ...(gold === null || gold > 0.5 ? { goldPercent: 'From 0 to 50 %.' } : {}),
    ...(draft.isQualified && whole(draft.qualificationItems, 1, 200) === null ? { qualificationItems: 'From 1 to 200 items.' } : {}),
    ...(draft.isQualified && pass === null ? { passPercent: 'From 0 to 100 %.' } : {}),
    ...(draft.hourlyRate.trim() !== '' && !(rate >= 0 && rate <= 100_000) ? { hourlyRate: 'From 0 to 100000.' } : {}),
    ...(draft.hourlyRate.trim() !== '' && !/^[A-Z]{3}$/u.test(draft.currency) ? { currency: 'Three capital letters, such as EUR.' } : {}),
    ...(draft.isWatched && (good === null || good <= 0 || good >= 1) ? { goodPercent: 'Between 0 and 100 %.' } : {}),
    ...(draft.isWatched && (poor === null || poor <= 0 || poor >= (good ?? 1)) ? { poorPercent: 'Below the good rate.' } : {}),
  }
}

/** The settings in the shape of the API. Call it when `queueProblems` is empty. */
export function queueInputOf(draft: QueueDraft, fill: FillDraft | null): QueueInput & { rubricId: string } {
  return {
    name: draft.name.trim(),
    instructions: draft.instructions.trim(),
    itemKind: draft.itemKind,
    rubricId: draft.rubricId ?? '',
    guidelineId: draft.guidelineId === '' ? null : draft.guidelineId,
    overlap: Number(draft.overlap),
    assignment:
      draft.assignment === 'people'
        ? { mode: 'people', people: draft.people }
        : draft.assignment === 'skill'
          ? { mode: 'skill', skill: draft.skill.trim() }
          : { mode: 'anyone' },
    leaseMinutes: Number(draft.leaseMinutes),
    blind: { hideModel: draft.hideModel, hideOthers: draft.hideOthers, hidePrelabels: draft.hidePrelabels },
    shuffle: draft.shuffle,
    goldRate: rateOf(draft.goldPercent) ?? 0,
    qualification: draft.isQualified ? { items: Number(draft.qualificationItems), passMark: rateOf(draft.passPercent) ?? 0 } : null,
    goldWatch: draft.isWatched ? { good: rateOf(draft.goodPercent) ?? 0.9, poor: rateOf(draft.poorPercent) ?? 0.6 } : null,
    hourlyRate: draft.hourlyRate.trim() === '' ? null : { amount: Number(draft.hourlyRate), currency: draft.currency },
    ...(fill?.from === 'rule'
      ? {
          rule: {
            filter: fill.filter,
            plan: fillPlan(fill) ?? { uniform: 1 },
            ...(draft.itemKind === 'comparison' ? { compare: fill.compare } : {}),
          },
        }
      : {}),
  }
}

const fillPlan = ({ isSampled, plan }: FillDraft) => (isSampled ? planOf(plan) : undefined)

/** What keeps the filling from being done, or null. */
export function fillProblem(fill: FillDraft): string | null {
  if (fill.from === 'hand') return null
  if (whole(fill.limit, 1, 100_000) === null) return 'Look at 1 to 100000 traces.'
  return fill.isSampled ? planProblem(fill.plan) : null
}

/** The request that fills a queue from what is stored; null where items come by hand. */
export function fillOf(fill: FillDraft, itemKind: Queue['itemKind']): QueueFill | null {
  if (fill.from === 'hand') return null
  const plan = fillPlan(fill)
  return {
    filter: fill.filter,
    ...(plan === undefined ? {} : { plan }),
    ...(itemKind === 'comparison' ? { compare: fill.compare } : {}),
    limit: Number(fill.limit),
  }
}
