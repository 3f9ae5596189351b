import type { Draw } from './draw.ts'
import { fillers, tones, type SupportTopic, type Tone } from './support-text.ts'
import { clampRating } from './judge.ts'
import { models, refundFailure, supportPrompts, type Model, type PromptVersion } from './truth.ts'

/** A reply of the support bot, with what is true about it. */
export interface SupportReply {
  text: string
  /** The sentence with the wrong fact, if there is one. */
  wrongSentence: string | null
  /** The sentence that ought to stand there. */
  rightSentence: string
  tone: Tone
  quality: { helpfulness: number; accuracy: number; tone: number; overall: number }
}

/**
 * One reply: prompt version and model decide how many steps it tells, whether its fact is right and how it sounds; its quality (1 to 5)
 * follows from the text alone.
 */
export function writeReply(
  draw: Draw,
  topic: SupportTopic,
  values: Readonly<Record<string, string>>,
  promptVersion: PromptVersion,
  model: Model,
): SupportReply {
  const habit = supportPrompts[promptVersion]
  const failing = topic.name === refundFailure.topic && promptVersion === refundFailure.promptVersion && model === refundFailure.model
  const wrong = draw.chance(failing ? refundFailure.probability : habit.wrong)
  const tone: Tone = draw.weighted({ warm: habit.warm, curt: habit.curt, neutral: 1 - habit.warm - habit.curt })
  const steps = topic.steps.filter(() => draw.chance(habit.step + models[model].step))
  const share = steps.length / topic.steps.length
  const filler = draw.chance(0.5 - 0.45 * share) ? draw.pick(fillers) : ''
  const rightSentence = draw.fill(topic.fact, values)
  const sentence = wrong ? draw.fill(topic.wrongFact, values) : rightSentence
  const told = steps.map((step) => draw.fill(step, values))
  const body = told.length > 2 && draw.chance(0.5) ? told.map((step, index) => `${index + 1}. ${step}`).join('\n') : told.join(' ')
  const offers = steps.length > 0 && tone === 'warm'
  const paragraphs = [`${draw.pick(tones[tone].openings)} ${sentence}`, body, filler, draw.pick(tones[tone].closings)]
  const quality = {
    helpfulness: clampRating(1.3 + 3.2 * share + (offers ? 0.3 : 0) - (wrong ? 1.2 : 0) - (filler === '' ? 0 : 0.2)),
    accuracy: wrong ? 1.4 : 4.7,
    tone: { warm: 4.6, neutral: 3.4, curt: 1.7 }[tone],
  }
  const overall = 0.5 * quality.helpfulness + 0.3 * quality.accuracy + 0.2 * quality.tone
  return {
    text: paragraphs.filter((paragraph) => paragraph !== '').join('\n\n'),
    wrongSentence: wrong ? sentence : null,
    rightSentence,
    tone,
    quality: { ...quality, overall },
  }
}
