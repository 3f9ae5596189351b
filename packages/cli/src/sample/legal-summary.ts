import type { Draw } from './draw.ts'
import { legalDocuments } from './legal-text.ts'
import { leaseRegression, summaryErrors, type DocumentType } from './truth.ts'

export type SummaryErrorType = 'inaccurate' | 'incomplete' | 'misleading'
export interface SummaryError {
  type: SummaryErrorType
  point: string
  /** The sentence that is wrong, or after which one is missing. */
  sentence: string
  right: string
}
export interface LegalSummary {
  document: string
  text: string
  /** The summary without its errors. */
  corrected: string
  errors: SummaryError[]
  /** 1 to 5. */
  quality: number
}

const weight: Record<SummaryErrorType, number> = { inaccurate: 1.3, misleading: 0.9, incomplete: 0.8 }

/** A document of this type and its summary by one release, with the errors that are in it. */
export function writeSummary(draw: Draw, type: DocumentType, release: string): LegalSummary {
  const { title, opening, points } = legalDocuments[type]
  const values = valuesOf(draw)
  const filled = points.map((point) => ({
    name: point.name,
    clause: draw.fill(point.clause, values),
    right: draw.fill(point.right, values),
    wrong: draw.fill(point.wrong, values),
    misleading: draw.fill(point.misleading, values),
  }))
  const start = draw.fill(opening, values)
  const errors: SummaryError[] = []
  let before = start
  const sentences = filled.flatMap((point) => {
    const error = errorAt(draw, type, point.name, release)
    const { right } = point
    if (error === 'incomplete') {
      errors.push({ type: error, point: point.name, sentence: before, right })
      return []
    }
    before = error === null ? right : error === 'inaccurate' ? point.wrong : point.misleading
    if (error !== null) errors.push({ type: error, point: point.name, sentence: before, right })
    return [before]
  })
  const lost = errors.reduce((sum, error) => sum + weight[error.type], 0)
  return {
    document: [title, start, ...filled.map(({ clause }) => clause)].join('\n\n'),
    text: [start, ...sentences].join(' '),
    corrected: [start, ...filled.map(({ right }) => right)].join(' '),
    errors,
    quality: Math.max(1, 4.8 - lost),
  }
}

function errorAt(draw: Draw, type: DocumentType, point: string, release: string): SummaryErrorType | null {
  const regressed = type === 'lease' && point === 'notice' && release === leaseRegression.release
  if (regressed && draw.chance(leaseRegression.probability)) return 'incomplete'
  const { inaccurate, incomplete, misleading } = summaryErrors[type]
  const kind = draw.weighted({ inaccurate, incomplete, misleading, none: 1 - inaccurate - incomplete - misleading })
  return kind === 'none' ? null : kind
}

function valuesOf(draw: Draw): Record<string, string> {
  return {
    years: draw.pick(['two', 'three', 'five']),
    months: draw.pick(['three', 'four', 'six']),
    days: draw.pick(['14', '20', '28', '30']),
    amount: `${draw.between(8, 95) * 100} euros`,
    cap: `${draw.between(6, 12) * 10} euros`,
    yearly: `${draw.between(20, 40) * 10} euros`,
  }
}
