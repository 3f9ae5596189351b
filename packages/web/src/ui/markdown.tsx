import './markdown.css'
import { ImageDown } from 'lucide-react'
import { type ComponentProps, memo, useState } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { Formula } from './formula.tsx'
import { formulaIn, withFormulas } from './math-text.ts'

/** Above this length rendering takes longer than reading allows, and the text is shown as it is. */
const MAX_RENDERED = 60_000

/** Like GitHub's own schema, and pictures that come inline as `data:`; everything else about pictures is asked first. */
const schema = { ...defaultSchema, protocols: { ...defaultSchema.protocols, src: ['http', 'https', 'data'] } }

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="link">
      {children}
    </a>
  ),
  code: ({ children, className }) => {
    const formula = typeof children === 'string' ? formulaIn(children) : null
    return formula === null ? <code className={className}>{children}</code> : <Formula {...formula} />
  },
  img: ({ src, alt }) => <Picture src={typeof src === 'string' ? src : ''} alt={alt ?? ''} />,
  table: ({ children }) => (
    <div className="overflow-x-auto">
      <table>{children}</table>
    </div>
  ),
  pre: ({ children }) => (
    // A block that scrolls sideways must be reachable by keyboard.
    <section aria-label="Code" tabIndex={0} className="overflow-x-auto rounded-md border border-line bg-sunken">
      <pre>{children}</pre>
    </section>
  ),
}

/** Text of a model or person, rendered as Markdown with nothing in it that could act: no scripts, no styles, no remote pictures unasked. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  if (text.length > MAX_RENDERED) return <PlainText text={text} />
  return (
    <div dir="auto" className="markdown">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[[rehypeSanitize, schema]]}
        urlTransform={(url, key) => (key === 'src' && /^data:image\/(png|jpeg|gif|webp);/iu.test(url) ? url : safeUrl(url))}
        components={components}
      >
        {withFormulas(text)}
      </ReactMarkdown>
    </div>
  )
})

/** Text as it is: every line break and space kept. */
export function PlainText({ text, ...rest }: { text: string } & ComponentProps<'div'>) {
  return (
    <div dir="auto" {...rest} className="text-read break-words whitespace-pre-wrap">
      {text}
    </div>
  )
}

/** An address that a click may open, or nothing. */
export function safeUrl(url: string): string {
  return /^(https?:|mailto:|#|\/(?!\/))/iu.test(url) ? url : ''
}

/** A picture: inline ones show at once; one from elsewhere first asks, for loading it tells that address who reads here. */
export function Picture({ src, alt }: { src: string; alt: string }) {
  const isInline = src.startsWith('data:image/')
  const [isWanted, setWanted] = useState(isInline)
  if (!isInline && !/^https:/iu.test(src)) return <span className="text-ink-faint">[picture{alt === '' ? '' : `: ${alt}`}]</span>
  if (isWanted)
    return (
      <img src={src} alt={alt} loading="lazy" referrerPolicy="no-referrer" className="max-h-96 max-w-full rounded-md border border-line" />
    )
  return (
    <button
      type="button"
      onClick={() => setWanted(true)}
      title={src}
      className="inline-flex max-w-full items-center gap-1.5 rounded-md border border-dashed border-line-strong px-2 py-1 text-note text-ink-soft hover:bg-hover"
    >
      <ImageDown className="size-3.5 shrink-0" aria-hidden="true" />
      <span className="truncate">Load picture from {hostOf(src)}</span>
    </button>
  )
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
