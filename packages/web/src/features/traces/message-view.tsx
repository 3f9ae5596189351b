import type { Message, MessagePart } from '@plaudit/sdk'
import { Brain, Reply, Wrench } from 'lucide-react'
import { cx } from '../../ui/cx.ts'
import { JsonBlock } from '../../ui/json-block.tsx'
import { Markdown, Picture, PlainText, safeUrl } from '../../ui/markdown.tsx'
import { LongText } from './long-text.tsx'

const roleNames = { system: 'System', user: 'User', assistant: 'Assistant', tool: 'Tool' } as const

export type MessageListProps = {
  messages: readonly Message[]
  isRaw: boolean
  /** Characters of a text that show at first. */
  foldAt?: number
}

/** Messages in order, each with its role; text as Markdown or JSON, or as it was sent. */
export function MessageList({ messages, isRaw, foldAt }: MessageListProps) {
  return (
    <ol className="flex flex-col gap-4">
      {messages.map((message, index) => (
        <li key={index}>
          <MessageView message={message} isRaw={isRaw} foldAt={foldAt} />
        </li>
      ))}
    </ol>
  )
}

function MessageView({ message, isRaw, foldAt }: { message: Message; isRaw: boolean; foldAt: number | undefined }) {
  const { role, name, finishReason, parts } = message
  const body = (
    <div className="prose-measure flex min-w-0 flex-col gap-3">
      {parts.length === 0 && <p className="text-ink-faint">Empty message</p>}
      {parts.map((part, index) => (
        <Part key={index} part={part} isRaw={isRaw} foldAt={foldAt} />
      ))}
    </div>
  )
  const title = (
    <span className="text-note font-medium text-ink-faint">
      {roleNames[role]}
      {typeof name === 'string' && name !== '' && <span className="font-normal"> · {name}</span>}
      {typeof finishReason === 'string' && finishReason !== '' && finishReason !== 'stop' && (
        <span className="font-normal"> · ended by {finishReason}</span>
      )}
    </span>
  )
  // Instructions are long and the same every time: one click away.
  if (role === 'system') {
    return (
      <details className="border-l-2 border-line pl-3">
        <summary className="cursor-pointer rounded-sm">
          {title} <span className="text-note text-ink-faint">{summaryOf(parts)}</span>
        </summary>
        <div className="mt-2">{body}</div>
      </details>
    )
  }
  return (
    <div className={cx('border-l-2 pl-3', role === 'assistant' ? 'border-accent' : role === 'user' ? 'border-line-strong' : 'border-line')}>
      <div className="mb-1">{title}</div>
      {body}
    </div>
  )
}

function summaryOf(parts: readonly MessagePart[]): string {
  const text = parts.find((part) => part.type === 'text')?.content ?? ''
  return text.length > 90 ? `${text.slice(0, 90).trimEnd()}…` : text
}

function Part({ part, isRaw, foldAt }: { part: MessagePart; isRaw: boolean; foldAt: number | undefined }) {
  switch (part.type) {
    case 'text': {
      const value = isRaw ? part.content : readJson(part.content)
      if (typeof value === 'object') return <JsonBlock label="Text of the message" value={value} />
      return (
        <LongText text={part.content} {...(foldAt === undefined ? {} : { foldAt })}>
          {(text) => (isRaw ? <PlainText text={text} /> : <Markdown text={text} />)}
        </LongText>
      )
    }
    case 'reasoning':
      return (
        <details className="rounded-md bg-sunken px-3 py-2">
          <summary className="cursor-pointer rounded-sm text-note font-medium text-ink-soft">
            <Brain className="mr-1 inline size-3.5" aria-hidden="true" />
            Reasoning, {part.content.length.toLocaleString('en-GB')} characters
          </summary>
          <div className="mt-2 text-ink-soft">{isRaw ? <PlainText text={part.content} /> : <Markdown text={part.content} />}</div>
        </details>
      )
    case 'tool_call':
      return (
        <div className="flex flex-col gap-1.5">
          <p className="text-note font-medium text-ink-soft">
            <Wrench className="mr-1 inline size-3.5" aria-hidden="true" />
            Calls <code className="text-ink">{part.name}</code> {part.id && <span className="font-normal text-ink-faint">{part.id}</span>}
          </p>
          {part.arguments !== undefined && <JsonBlock label={`Arguments of ${part.name}`} value={readJson(part.arguments)} />}
        </div>
      )
    case 'tool_call_response':
      return (
        <div className="flex flex-col gap-1.5">
          <p className="text-note font-medium text-ink-soft">
            <Reply className="mr-1 inline size-3.5" aria-hidden="true" />
            Answer {part.id && <span className="font-normal text-ink-faint">to {part.id}</span>}
          </p>
          <JsonBlock label="Answer of the tool" value={readJson(part.response)} />
        </div>
      )
    case 'uri':
    case 'blob':
    case 'file':
      return <Media part={part} />
    case 'json':
      return <JsonBlock label="Part of the message" value={part.value} />
  }
}

/** Pictures inline or on request; anything else as a link or a line that says what it is. */
function Media({ part }: { part: Extract<MessagePart, { type: 'uri' | 'blob' | 'file' }> }) {
  const { modality, mimeType, uri, content, fileId } = part
  const isPicture = modality === 'image' || mimeType?.startsWith('image/') === true
  if (isPicture && content !== undefined && /^image\/(png|jpeg|gif|webp)$/u.test(mimeType ?? '')) {
    return <Picture src={`data:${mimeType};base64,${content}`} alt="Picture in the message" />
  }
  if (isPicture && uri !== undefined) return <Picture src={uri} alt="Picture in the message" />
  if (uri !== undefined && safeUrl(uri) !== '') {
    return (
      <a href={safeUrl(uri)} target="_blank" rel="noopener noreferrer nofollow" className="link break-all">
        {uri}
      </a>
    )
  }
  const size = content === undefined ? '' : `, ${Math.round((content.length * 3) / 4 / 1_024).toLocaleString('en-GB')} kB`
  return (
    <p className="text-note text-ink-faint">
      {mimeType ?? modality ?? 'File'}
      {fileId === undefined ? '' : ` ${fileId}`}
      {size}
    </p>
  )
}

/** JSON often comes in a string: read, so that it is indented. */
function readJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/u.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}
