import type { Feedback, Mark, Outcome } from '@plaudit/sdk'
import { Flag, ThumbsDown, ThumbsUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { formatScore } from '../../ui/format-known.ts'
import { formatDecimal } from '../../ui/format-number.ts'
import { codePointSlice } from '../../ui/mark/code-point.ts'
import { MarkTypeSign } from '../../ui/mark/mark-type.tsx'
import { WordDiffView } from '../../ui/word-diff-view.tsx'

const outcomes: Record<Outcome, string> = {
  left: 'Left is better',
  right: 'Right is better',
  tie: 'Equally good',
  both_bad: 'Both bad',
  cannot_judge: 'Cannot judge',
}

/** What was judged, in the way that each kind reads best. `output` is the text that a correction corrects, when it is at hand. */
export function FeedbackValue({
  feedback,
  output,
  nameOf,
}: {
  feedback: Feedback
  output: string | null
  nameOf: ((spanId: string) => string) | undefined
}): ReactNode {
  const { kind, value, target, metadata } = feedback
  switch (kind) {
    case 'thumbs':
      return value === 'up' ? (
        <Badge tone="good" icon={<ThumbsUp aria-hidden="true" />}>
          up
        </Badge>
      ) : (
        <Badge tone="bad" icon={<ThumbsDown aria-hidden="true" />}>
          down
        </Badge>
      )
    case 'rating': {
      const std = Number(metadata['std'] ?? Number.NaN)
      return (
        <span className="font-medium">
          {Number.isFinite(std) ? formatDecimal(Number(value)) : formatScore(Number(value))}
          {Number.isFinite(std) && <span className="font-normal text-ink-faint"> ± {formatDecimal(std)} (standard deviation)</span>}
        </span>
      )
    }
    case 'label':
      return <Badge tone="accent">{String(value)}</Badge>
    case 'labels':
      return <Words words={value as string[]} empty="None of the labels" />
    case 'flag':
      return (
        <span className="inline-flex flex-wrap items-center gap-1">
          <Flag className="size-3.5 text-bad" aria-hidden="true" />
          <Words words={(value as { reasons: string[] }).reasons} empty="Flagged without a reason" />
        </span>
      )
    case 'correction': {
      const { text } = value as { text: string }
      return output === null ? <Quote text={text} /> : <WordDiffView before={output} after={text} />
    }
    case 'text':
      return <Quote text={String(value)} />
    case 'marks':
      return <MarkLines marks={value as Mark[]} output={output} />
    case 'comparison': {
      const { outcome, strength } = value as { outcome: Outcome; strength?: number }
      const names = namesOf(target, nameOf)
      return (
        <span>
          <span className="font-medium">{outcomes[outcome]}</span>
          {strength !== undefined && <span className="text-ink-faint"> · strength {strength} of 7</span>}
          {nameOf !== undefined && names.length === 2 && (
            <span className="block text-note text-ink-faint">
              left {names[0]} · right {names[1]}
            </span>
          )}
        </span>
      )
    }
    case 'ranking': {
      const { ranks } = value as { ranks: number[] }
      const names = namesOf(target, nameOf)
      const order = ranks.map((rank, index) => ({ rank, name: names[index] ?? '' })).sort((a, b) => a.rank - b.rank)
      return (
        <ol className="flex flex-col">
          {order.map(({ rank, name }, index) => (
            <li key={index}>
              <span className="font-medium">{rank}.</span> {name}
            </li>
          ))}
        </ol>
      )
    }
  }
}

/** What the outputs of a comparison are called: by the page, or by their place. */
function namesOf(target: Feedback['target'], nameOf: ((spanId: string) => string) | undefined): string[] {
  if (target.kind !== 'comparison') return []
  return target.outputs.map(({ spanId }, index) => nameOf?.(spanId) ?? `output ${index + 1}`)
}

function Words({ words, empty }: { words: readonly string[]; empty: string }) {
  if (words.length === 0) return <span className="text-ink-soft">{empty}</span>
  return (
    <span className="inline-flex flex-wrap gap-1">
      {words.map((word) => (
        <Badge key={word}>{word}</Badge>
      ))}
    </span>
  )
}

function Quote({ text }: { text: string }) {
  return (
    <p dir="auto" className="max-h-60 overflow-y-auto break-words whitespace-pre-wrap">
      {text}
    </p>
  )
}

/** Where something is missing: after which words, or after how many characters where the words are not at hand. */
function gapText({ start, before }: Mark, output: string | null): string {
  if (start === 0) return 'Something is missing at the beginning'
  const words = before ?? (output === null ? '' : codePointSlice(output, Math.max(0, start - 32), start))
  if (words === '') return `Something is missing after character ${start}`
  return `Something is missing after “${start > Array.from(words).length ? '…' : ''}${words.trimStart()}”`
}

/** Marks as a list: the same for eyes and for screen readers. */
function MarkLines({ marks, output }: { marks: readonly Mark[]; output: string | null }) {
  if (marks.length === 0) return <span className="text-ink-soft">Nothing to mark</span>
  return (
    <ol className="flex max-h-72 flex-col gap-1.5 overflow-y-auto">
      {marks.map((mark, index) => (
        <li key={index} className="min-w-0">
          <MarkTypeSign type={mark.type} />
          {mark.severity !== undefined && <span className="text-note text-ink-faint"> · {mark.severity}</span>}
          {mark.start === mark.end ? (
            <span className="block text-ink-soft">{gapText(mark, output)}</span>
          ) : (
            <q dir="auto" className="line-clamp-3 block break-words text-ink-soft">
              {mark.quote ?? (output === null ? `characters ${mark.start}–${mark.end}` : codePointSlice(output, mark.start, mark.end))}
            </q>
          )}
          {mark.note !== undefined && mark.note !== '' && <span className="block">{mark.note}</span>}
        </li>
      ))}
    </ol>
  )
}
