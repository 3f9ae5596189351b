import './mark.css'
import { cx } from '../cx.ts'

/** The types offered before the project has its own. */
export const firstMarkTypes = ['inaccurate', 'incomplete', 'misleading', 'irrelevant']
export const severities = ['minor', 'major', 'critical']

/** Number of looks; a type keeps its look wherever it stands. The looks differ in colour and in line. */
export const LOOK_COUNT = 6

/** The look of a type: the well-known ones first, others by their letters. */
export function lookOf(type: string): number {
  const known = firstMarkTypes.indexOf(type.toLowerCase())
  if (known >= 0) return known
  let hash = 0
  for (const character of type) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9_973
  return hash % LOOK_COUNT
}

/** A type of mark in the look that it has in the text. */
export function MarkTypeSign({ type, label = type, className }: { type: string; label?: string | undefined; className?: string }) {
  return <span className={cx(`mark-look mark-look-${lookOf(type)}`, 'px-0.5 text-note font-medium', className)}>{label}</span>
}
