/** Whether the browser can draw highlights without elements in the text. */
export const canHighlight = typeof CSS !== 'undefined' && 'highlights' in CSS && typeof Highlight !== 'undefined'

/** Adds ranges to the page's highlight of this name, which others may share, and answers with what takes them out again. */
export function highlight(name: string, ranges: readonly Range[], priority = 0): () => void {
  let registered = CSS.highlights.get(name)
  if (registered === undefined) {
    registered = new Highlight()
    registered.priority = priority
    CSS.highlights.set(name, registered)
  }
  const shared = registered
  for (const range of ranges) shared.add(range)
  return () => {
    for (const range of ranges) shared.delete(range)
  }
}
