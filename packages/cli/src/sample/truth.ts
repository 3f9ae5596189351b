/**
 * What is true in the sample project and hidden from whoever looks at it, so that every method can be checked against it. Nothing here is
 * sent to the server. Models, shops, firms, customers and documents are invented.
 *
 * - **Prompts of the support bot**: v3 is better than v2, and v2 than v1, on helpfulness and tone. Each version changes how often a reply
 *   carries each step of the solution, states the right fact, and is warm or curt; the texts differ accordingly. The mean quality of a
 *   version is known (`quality` of each generated reply) and is what ratings estimate without bias when reviewers are severe by nothing.
 * - **One failure pattern**: prompt v2 on the small model invents a refund policy in more than half of the refund questions; elsewhere wrong
 *   facts are rare.
 * - **Reviewers**: three sound ones, one lenient (`reviewer-4`, 0.9 of a point too high) and one noisy (`reviewer-5`).
 * - **Position**: in comparisons the output shown on the left is preferred a little more often than it deserves.
 * - **End users** rate by themselves: mostly when the reply was very bad or very good, so the plain share of thumbs up is no estimate of quality.
 * - **A model judge** rates longer replies higher than their quality deserves.
 * - **Moderation**: the moderator removes at 0.5 in every category, although its harassment scores run low; a threshold near 0.3 is better there.
 * - **Legal summaries**: judgments are summarised worst; from the second release on, lease summaries begin to drop the notice period.
 */
export const promptVersions = ['v1', 'v2', 'v3'] as const
export type PromptVersion = (typeof promptVersions)[number]

export interface ReplyHabit {
  /** Probability that each step of the solution is told. */
  step: number
  /** Probability that the fact is wrong, outside the failure pattern. */
  wrong: number
  warm: number
  curt: number
}

export const supportPrompts: Record<PromptVersion, ReplyHabit> = {
  v1: { step: 0.45, wrong: 0.1, warm: 0.2, curt: 0.35 },
  v2: { step: 0.65, wrong: 0.06, warm: 0.4, curt: 0.15 },
  v3: { step: 0.88, wrong: 0.04, warm: 0.65, curt: 0.04 },
}

export const models = {
  'heron-large': { step: 0.05, inputPrice: 2.5e-6, outputPrice: 1e-5, latencyMs: 1900 },
  'heron-mini': { step: -0.05, inputPrice: 2.5e-7, outputPrice: 2e-6, latencyMs: 800 },
} as const
export type Model = keyof typeof models

/** Probability of an invented policy where prompt, model and topic meet. */
export const refundFailure = { promptVersion: 'v2', model: 'heron-mini', topic: 'refund', probability: 0.6 } as const

export interface Reviewer {
  id: string
  /** Points added to every rating: above 0 is lenient. */
  severity: number
  /** Standard deviation of a rating around the quality. */
  noise: number
  /** Probability that a label is the true one. */
  accuracy: number
}

export const reviewers: readonly Reviewer[] = [
  { id: 'reviewer-1', severity: 0, noise: 0.4, accuracy: 0.95 },
  { id: 'reviewer-2', severity: -0.15, noise: 0.5, accuracy: 0.93 },
  { id: 'reviewer-3', severity: 0.1, noise: 0.45, accuracy: 0.92 },
  { id: 'reviewer-4', severity: 0.9, noise: 0.5, accuracy: 0.9 },
  { id: 'reviewer-5', severity: 0, noise: 1.5, accuracy: 0.68 },
]

/** Added to the log odds of the left output in a comparison. */
export const leftAdvantage = 0.35

/** Probability that a user gives a thumb, by the quality of the reply. */
export function thumbProbability(quality: number): number {
  if (quality < 2.2) return 0.45
  return quality > 4.3 ? 0.25 : 0.06
}

/** Points that the model judge adds for each hundred words. */
export const judgeLengthBias = 1.2

export const moderationCategories = ['spam', 'harassment', 'hate', 'violence', 'self_harm', 'sexual'] as const
export type ModerationCategory = (typeof moderationCategories)[number]
/** Shift of a category's score for content that truly belongs to it, in log odds. */
export const moderationScoreShift: Record<ModerationCategory, number> = {
  spam: 1.6,
  harassment: -0.6,
  hate: 1.2,
  violence: 1,
  self_harm: 1.3,
  sexual: 1.5,
}

export const documentTypes = ['nda', 'lease', 'employment', 'judgment', 'privacy_policy', 'supply'] as const
export type DocumentType = (typeof documentTypes)[number]
/** Probability of each kind of error for each point of a document. */
export const summaryErrors: Record<DocumentType, { inaccurate: number; incomplete: number; misleading: number }> = {
  nda: { inaccurate: 0.04, incomplete: 0.05, misleading: 0.03 },
  lease: { inaccurate: 0.05, incomplete: 0.06, misleading: 0.04 },
  employment: { inaccurate: 0.05, incomplete: 0.07, misleading: 0.05 },
  judgment: { inaccurate: 0.14, incomplete: 0.15, misleading: 0.13 },
  privacy_policy: { inaccurate: 0.05, incomplete: 0.09, misleading: 0.07 },
  supply: { inaccurate: 0.06, incomplete: 0.07, misleading: 0.04 },
}
/** From the second release on, the notice period of a lease is left out this often. */
export const leaseRegression = { release: 'legal-2.0', afterDay: 21, probability: 0.6 } as const
