import type { Criterion, Judgment } from '@plaudit/sdk'
import type { ReactNode } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { formatDuration } from '../../ui/format-number.ts'
import { Cell, HeaderCell, Row, Table, TableFrame } from '../../ui/table.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { WordDiffView } from '../../ui/word-diff-view.tsx'
import { answerText, isUnanimous } from './answer-text.ts'

export type JudgmentGridProps = {
  criteria: readonly Criterion[]
  judgments: readonly Judgment[]
  /** Known answers, for a gold item. */
  gold: Readonly<Record<string, unknown>> | null
  /** The output that corrections are compared with. */
  text: string
  /** Newest version of the guideline, to tell judgments made under an older one. */
  guidelineVersion: number | null
  renderActions: (judgment: Judgment) => ReactNode
}

/** All judgments on an item side by side: a row for each criterion, a column for each person, and where they differ. */
export function JudgmentGrid({ criteria, judgments, gold, text, guidelineVersion, renderActions }: JudgmentGridProps) {
  if (judgments.length === 0) return <p className="text-ink-soft">Nobody has judged this item yet.</p>
  return (
    <TableFrame label="Table of judgments">
      <Table>
        <thead>
          <tr>
            <HeaderCell>Criterion</HeaderCell>
            {gold !== null && <HeaderCell>Known answer</HeaderCell>}
            {judgments.map((judgment) => (
              <HeaderCell key={judgment.id} className="min-w-44 whitespace-normal">
                <span className="block text-body text-ink">{judgment.personName ?? 'Somebody'}</span>
                <TimeAgo inSentence time={judgment.submittedAt} />, in {formatDuration(judgment.activeMs)}
                {judgment.state === 'late' && <span className="text-bad"> · late</span>}
                {guidelineVersion !== null && judgment.guidelineVersion !== guidelineVersion && (
                  <span className="text-bad"> · guideline version {judgment.guidelineVersion ?? 'none'}</span>
                )}
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {criteria.map((criterion) => {
            const differs = !isUnanimous(
              criterion,
              judgments.map(({ answers }) => answers[criterion.key]),
            )
            return (
              <Row key={criterion.key}>
                <th scope="row" className="border-b border-line px-3 py-2 text-left align-top font-medium">
                  {criterion.title}
                  {differs && (
                    <span className="block pt-0.5">
                      <Badge tone="bad">They differ</Badge>
                    </span>
                  )}
                </th>
                {gold !== null && (
                  <Cell>
                    <AnswerView criterion={criterion} answer={gold[criterion.key]} text={text} />
                  </Cell>
                )}
                {judgments.map((judgment) => (
                  <Cell key={judgment.id}>
                    <AnswerView criterion={criterion} answer={judgment.answers[criterion.key]} text={text} />
                    {judgment.rationales[criterion.key] !== undefined && (
                      <p dir="auto" className="mt-1 break-words text-ink-soft">
                        {judgment.rationales[criterion.key]}
                      </p>
                    )}
                  </Cell>
                ))}
              </Row>
            )
          })}
          <tr>
            <td className="px-3 py-2 text-note text-ink-faint" colSpan={gold === null ? 1 : 2}>
              Actions
            </td>
            {judgments.map((judgment) => (
              <td key={judgment.id} className="px-3 py-2 align-top">
                {renderActions(judgment)}
              </td>
            ))}
          </tr>
        </tbody>
      </Table>
    </TableFrame>
  )
}

function AnswerView({ criterion, answer, text }: { criterion: Criterion; answer: unknown; text: string }) {
  if (answer === undefined || answer === null) return <span className="text-ink-faint">no answer</span>
  if (criterion.type === 'correction') {
    const { text: corrected, reasons = [] } = answer as { text: string; reasons?: string[] }
    return (
      <>
        <WordDiffView before={text} after={corrected} />
        {reasons.length > 0 && <p className="text-note text-ink-faint">{reasons.join(', ')}</p>}
      </>
    )
  }
  return (
    <span dir="auto" className="break-words whitespace-pre-wrap">
      {answerText(criterion, answer)}
    </span>
  )
}
