import type { TextRange } from './mark-anchor.ts'

/** A place in the DOM that a `Range` can begin or end at. */
export type DomPoint = { node: Node; offset: number }

/** The text of an element as the DOM counts it: its text nodes one after the other. */
function textNodes(root: Node): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const nodes: Text[] = []
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) nodes.push(node as Text)
  return nodes
}

/**
 * Which of consecutive pieces holds an offset, and where in it. At a seam the later piece for a beginning and the earlier one for an end, so that
 * a range never reaches into a piece that it covers nothing of.
 */
export function pieceAt(lengths: readonly number[], offset: number, edge: 'start' | 'end'): { piece: number; offset: number } {
  let rest = Math.max(0, offset)
  for (const [piece, length] of lengths.entries()) {
    const isLast = piece === lengths.length - 1
    if (rest < length || (rest === length && (edge === 'end' || isLast))) return { piece, offset: rest }
    if (isLast) return { piece, offset: length }
    rest -= length
  }
  return { piece: 0, offset: 0 }
}

/** The DOM range of a text range; null for an element without text. */
export function domRangeOf(root: HTMLElement, { start, end }: TextRange): Range | null {
  const nodes = textNodes(root)
  const lengths = nodes.map((node) => node.data.length)
  const first = pieceAt(lengths, start, 'start')
  const last = start === end ? first : pieceAt(lengths, end, 'end')
  const [startNode, endNode] = [nodes[first.piece], nodes[last.piece]]
  if (startNode === undefined || endNode === undefined) return null
  const range = document.createRange()
  range.setStart(startNode, first.offset)
  range.setEnd(endNode, last.offset)
  return range
}

/** The text range of the reader's selection inside an element, or null when the selection is elsewhere. */
export function selectedRange(root: HTMLElement): TextRange | null {
  const selection = document.getSelection()
  if (selection === null || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null
  return { start: offsetOf(root, range.startContainer, range.startOffset), end: offsetOf(root, range.endContainer, range.endOffset) }
}

/** Length of the text before a point. */
function offsetOf(root: HTMLElement, node: Node, offset: number): number {
  const before = document.createRange()
  before.selectNodeContents(root)
  before.setEnd(node, offset)
  return before.toString().length
}

/** A place on the screen. */
export type ScreenPoint = { x: number; y: number }

/**
 * The text range between two places on the screen, whichever comes first; null when they lie outside the element, or where the browser cannot
 * tell. What a drag covers is asked for by its two ends, because the selection can fall behind the pointer.
 */
export function rangeBetween(root: HTMLElement, from: ScreenPoint, to: ScreenPoint): TextRange | null {
  const offsets = [from, to].map(({ x, y }) => {
    const caret = document.caretPositionFromPoint?.(x, y) ?? null
    return caret !== null && root.contains(caret.offsetNode) ? offsetOf(root, caret.offsetNode, caret.offset) : null
  })
  const [one, other] = offsets
  if (one === null || other === null || one === undefined || other === undefined) return null
  return { start: Math.min(one, other), end: Math.max(one, other) }
}
