import type { Feedback, Mark } from '@plaudit/sdk'
import { AuthorBadge } from './author-badge.tsx'
import { locateMark } from '../../ui/mark/mark-anchor.ts'
import { MarkTypeSign } from '../../ui/mark/mark-type.tsx'
import { MarkedText } from '../../ui/mark/marked-text.tsx'

/** An output with everybody's marks on it, and a line for each author. Marks that were made on another text are named, never drawn. */
export function MarkedOutput({ output, feedback, me }: { output: string; feedback: readonly Feedback[]; me: string }) {
  const all = feedback.flatMap((one) =>
    one.kind === 'marks'
      ? (one.value as Mark[]).map((mark, index) => ({ key: `${one.id} ${index}`, mark, located: locateMark(output, mark) }))
      : [],
  )
  const shown = all
    .filter(({ mark }) => mark.field !== 'input')
    .flatMap(({ key, mark, located }) => (located.range === null ? [] : [{ ...located.range, key, type: mark.type }]))
  const lost = all.filter(({ mark, located }) => mark.field !== 'input' && located.problem !== null)
  const types = [...new Set(shown.map(({ type }) => type))]
  return (
    <div className="prose-measure flex flex-col gap-3">
      <MarkedText text={output} marks={shown} label="Output with marks" />
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line pt-2 text-note text-ink-faint">
        {types.map((type) => (
          <span key={type}>
            <MarkTypeSign type={type} className="text-ink" /> {shown.filter((mark) => mark.type === type).length}
          </span>
        ))}
        {feedback
          .filter(({ kind }) => kind === 'marks')
          .map((one) => (
            <AuthorBadge key={one.id} author={one.author} me={me} />
          ))}
      </p>
      {lost.length > 0 && (
        <p role="note" className="border-l-2 border-bad pl-3 text-note text-ink-soft">
          {lost.length === 1 ? 'One mark is' : `${lost.length} marks are`} not drawn. {lost[0]?.located.problem}
        </p>
      )}
    </div>
  )
}
