import { useEffect, useState } from 'react'

type Typeset = (tex: string, isDisplay: boolean) => string | null
let loading: Promise<Typeset> | undefined
let loaded: Typeset | undefined

/** The typesetter, fetched with the first formula that anybody meets. It writes MathML, which needs no styles and no fonts of its own. */
function load(): Promise<Typeset> {
  loading ??= import('katex').then(({ default: katex }) => {
    loaded = (tex, displayMode) => {
      try {
        return katex.renderToString(tex, { displayMode, output: 'mathml', trust: false, strict: 'ignore', maxExpand: 200, maxSize: 20 })
      } catch {
        return null
      }
    }
    return loaded
  })
  return loading
}

/** A formula in TeX, typeset; its source until then, and where it is not valid. */
export function Formula({ tex, isDisplay }: { tex: string; isDisplay: boolean }) {
  const [typeset, setTypeset] = useState<Typeset | undefined>(() => loaded)
  useEffect(() => {
    if (typeset !== undefined) return
    let isOver = false
    load().then(
      (ready) => {
        if (!isOver) setTypeset(() => ready)
      },
      // Not to be had just now: the source stays.
      () => undefined,
    )
    return () => {
      isOver = true
    }
  }, [typeset])
  const html = typeset?.(tex, isDisplay) ?? null
  if (html === null) return <code>{tex}</code>
  return (
    <span
      className={isDisplay ? 'block overflow-x-auto py-1 text-center' : ''}
      // KaTeX writes this itself from the formula alone, and lets nothing through that could act.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}
