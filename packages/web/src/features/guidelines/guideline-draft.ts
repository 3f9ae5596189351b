import type { Guideline, GuidelineExample } from '@plaudit/sdk'
import { keepDraft, readDraft } from '../../ui/use-draft.ts'

/** A guideline while it is edited. */
export type GuidelineDraft = { name: string; body: string; examples: (GuidelineExample & { id: string })[] }

export const guidelineDraftKey = (base: Guideline | null): string => `guideline.${base === null ? 'new' : `${base.id}.${base.version}`}`

export function guidelineDraftOf(base: Guideline | null): GuidelineDraft {
  return {
    name: base?.name ?? '',
    body: base?.body ?? '',
    examples: base?.examples.map((example, index) => ({ ...example, id: String(index) })) ?? [],
  }
}

/** What is published; ids are the editor's own. */
export function guidelineContent({ name, body, examples }: GuidelineDraft) {
  return { name: name.trim(), body, examples: examples.map(({ id: _id, ...example }) => example) }
}

export const isSameGuideline = (one: GuidelineDraft, other: GuidelineDraft): boolean =>
  JSON.stringify(guidelineContent(one)) === JSON.stringify(guidelineContent(other))

/**
 * Puts a clarification and an example at the end of the draft of a guideline's next version, where the editor finds them; what is being written
 * there stays.
 */
export function draftClarification(base: Guideline, text: string, example: GuidelineExample | null): void {
  const key = guidelineDraftKey(base)
  const draft = readDraft<GuidelineDraft>(key) ?? guidelineDraftOf(base)
  keepDraft(key, {
    ...draft,
    body: `${draft.body.trimEnd()}\n\n${text}\n`,
    examples: example === null ? draft.examples : [...draft.examples, { ...example, id: crypto.randomUUID() }],
  })
}
