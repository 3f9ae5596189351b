import type { GuidelineExample } from '@plaudit/sdk'
import { Badge } from '../../ui/badge.tsx'
import { Markdown } from '../../ui/markdown.tsx'

/** A guideline as reviewers read it: the text, then its examples. */
export function GuidelineText({
  body,
  examples,
}: {
  body: string
  examples: readonly Pick<GuidelineExample, 'verdict' | 'text' | 'reason'>[]
}) {
  const filled = examples.filter(({ text }) => text.trim() !== '')
  return (
    <div className="prose-measure">
      {body.trim() === '' ? <p className="text-ink-faint">The text appears here as it is written.</p> : <Markdown text={body} />}
      {filled.length > 0 && (
        <ul aria-label="Examples" className="mt-6 flex flex-col gap-4">
          {filled.map(({ verdict, text, reason }, index) => (
            <li key={index} className={`border-l-2 pl-3 ${verdict === 'good' ? 'border-good' : 'border-bad'}`}>
              <Badge tone={verdict}>{verdict === 'good' ? 'Good' : 'Bad'}</Badge>
              <p dir="auto" className="mt-1 text-read break-words whitespace-pre-wrap">
                {text}
              </p>
              {reason !== '' && <p className="mt-1 text-ink-soft">{reason}</p>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
