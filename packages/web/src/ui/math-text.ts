/** Begins the content of a code span that holds a formula; private characters, which no text has by accident. */
const INLINE = '\uE00A'
const DISPLAY = '\uE00B'

/**
 * Code is passed by; a formula is `$$…$$`, `\[…\]`, `\(…\)`, or `$…$` where the dollars hug it and no digit follows, so that amounts of money
 * stay what they are. Lengths are bounded: what never closes is given up soon.
 */
const pattern =
  /(?<code>(?<fence>`{3,}|~{3,})[\s\S]*?(?:\k<fence>|$)|(?<ticks>`+)[^`][\s\S]{0,5000}?\k<ticks>(?!`))|\$\$(?<dollars>(?:(?!\$\$)[\s\S]){1,5000}?)\$\$|\\\[(?<brackets>(?:(?!\\\[)[\s\S]){1,5000}?)\\\]|\\\((?<parens>(?:(?!\\\(|\n\n)[\s\S]){1,1000}?)\\\)|(?<![\\$\w])\$(?<single>(?![\s$])(?:\\.|[^\n$\\`]){0,1000}?(?<!\s))\$(?![\d$])/gu

/** Markdown with its formulas as code spans that `formulaIn` knows again: nothing in them is read as Markdown. */
export function withFormulas(markdown: string): string {
  if (!/[$]|\\[([]/u.test(markdown)) return markdown
  return markdown.replace(pattern, (whole: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Record<string, string | undefined>
    const display = groups['dollars'] ?? groups['brackets']
    const tex = display ?? groups['parens'] ?? groups['single']
    if (tex === undefined || tex.trim() === '') return whole
    // A blank line would end the span, and a backtick in a formula needs longer fences.
    const content = tex.replace(/\s*\n\s*/gu, ' ').trim()
    const fence = '`'.repeat(1 + Math.max(0, ...(content.match(/`+/gu) ?? []).map(({ length }) => length)))
    return `${fence}${display === undefined ? INLINE : DISPLAY}${content}${fence}`
  })
}

/** The formula that a code span holds, or null for code. */
export function formulaIn(code: string): { tex: string; isDisplay: boolean } | null {
  if (code.startsWith(INLINE)) return { tex: code.slice(1), isDisplay: false }
  return code.startsWith(DISPLAY) ? { tex: code.slice(1), isDisplay: true } : null
}
