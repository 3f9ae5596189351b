import type { CommentTheme, DimensionReport } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useProject } from '../../app/client.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Estimate } from '../../ui/estimate.tsx'
import { formatShare, formatWhole } from '../../ui/format-number.ts'

const SHOWN = 6

/** What people say in their own words: themes that no criterion asks about come first. */
export function MissingDimensions({ report }: { report: DimensionReport }) {
  const [isWhole, setIsWhole] = useState(false)
  const shown = isWhole ? report.themes : report.themes.slice(0, SHOWN)
  return (
    <section aria-label="What people say" className="border-t border-line py-5">
      <h2>What people say, and no criterion asks</h2>
      <p className="max-w-3xl text-ink-soft">{report.sentence}</p>
      <p className="max-w-3xl text-note text-ink-faint">
        Shares are of the comments that people chose to write. No weighting makes those the comments of all traffic.
      </p>
      <ul className="mt-3 grid gap-x-10 md:grid-cols-2">
        {shown.map((theme) => (
          <Theme key={theme.terms.join(' ')} theme={theme} />
        ))}
      </ul>
      {report.themes.length > SHOWN && !isWhole && (
        <Button size="small" className="mt-2" onClick={() => setIsWhole(true)}>
          Show all {formatWhole(report.themes.length)} themes
        </Button>
      )}
    </section>
  )
}

function Theme({ theme }: { theme: CommentTheme }) {
  const { slug } = useProject()
  const { terms, comments, criterion, isMissing, unexplainedShare, examples } = theme
  return (
    <li className="min-w-0 border-t border-line py-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 break-words">{terms.slice(0, 4).join(', ')}</h3>
        {isMissing ? <Badge tone="bad">not asked about</Badge> : criterion === null ? null : <Badge>{criterion}</Badge>}
        <span className="text-note text-ink-faint">{formatWhole(comments)} comments</span>
      </div>
      <p className="text-note text-ink-soft">
        On outputs that every criterion was content with: <Estimate {...unexplainedShare} format={formatShare} unit="judged comments" />
      </p>
      <ul className="mt-1 flex flex-col gap-1">
        {examples.slice(0, 2).map(({ feedbackId, text, target }) => (
          <li key={feedbackId} className="min-w-0">
            <span className="line-clamp-2">“{text}”</span>{' '}
            {'traceId' in target && (
              <Link
                to="/p/$project/traces/$traceId"
                params={{ project: slug, traceId: target.traceId }}
                search={'spanId' in target ? { span: target.spanId } : {}}
                className="link text-note"
              >
                Open it
              </Link>
            )}
          </li>
        ))}
      </ul>
    </li>
  )
}
