import { type KeyboardEvent, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { cx } from '../cx.ts'
import { domRangeOf, rangeBetween, type ScreenPoint, selectedRange } from './dom-range.ts'
import type { TextRange } from './mark-anchor.ts'
import { markSegments } from './mark-segment.ts'
import { LOOK_COUNT, lookOf } from './mark-type.tsx'
import { snapToCharacters, snapToWords } from './text-boundary.ts'
import { canHighlight, highlight } from './text-highlight.ts'

/** A pointer that moves less than this has clicked. */
const CLICK_PX = 3

export type ShownMark = TextRange & { key: string; type: string }

export type MarkedTextProps = {
  text: string
  marks: readonly ShownMark[]
  /** The mark that the keyboard is on. */
  current?: string | null
  /** What is selected and not marked yet. */
  pending?: TextRange | null
  label: string
  /** Told of every selection in the text; makes it selectable by keyboard, with a caret that moves but never types. */
  onSelect?: (range: TextRange) => void
  /** Told with what is selected at that moment: a key can be faster than the browser's word of a new selection. */
  onKeyDown?: (event: KeyboardEvent<HTMLElement>, selected: TextRange | null) => void
  /** Takes the focus when it appears. */
  takesFocus?: boolean
}

/**
 * A text with marks drawn on it. Where the browser knows the Custom Highlight API the text stays one text node and marks are painted on it;
 * elsewhere it is cut into elements at the edges of the marks.
 */
export function MarkedText({
  text,
  marks,
  current = null,
  pending = null,
  label,
  onSelect,
  onKeyDown,
  takesFocus = false,
}: MarkedTextProps) {
  const [root, setRoot] = useState<HTMLDivElement | null>(null)
  // An input method can type in spite of us; then the text is drawn anew.
  const [typed, setTyped] = useState(0)
  useHighlights(root, text, marks, current, pending, typed)
  const selectedNow = useSelection(root, text, onSelect)
  const isSelectable = onSelect !== undefined
  useEffect(() => {
    if (takesFocus) root?.focus()
  }, [root, takesFocus])
  return (
    <div className="relative">
      <div
        key={typed}
        ref={setRoot}
        dir="auto"
        className={cx('marked-text text-read break-words whitespace-pre-wrap', isSelectable && 'rounded-sm')}
        {...(isSelectable
          ? {
              role: 'textbox',
              'aria-multiline': true,
              'aria-readonly': true,
              'aria-label': label,
              tabIndex: 0,
              inputMode: 'none',
              contentEditable: true,
              suppressContentEditableWarning: true,
              spellCheck: false,
              onBeforeInput: prevent,
              onPaste: prevent,
              onCut: prevent,
              onDrop: prevent,
              onDragStart: prevent,
              onInput: () => setTyped((count) => count + 1),
              onKeyDown: (event: KeyboardEvent<HTMLElement>) => onKeyDown?.(event, selectedNow()),
            }
          : {})}
      >
        {canHighlight ? text : <Segments text={text} marks={marks} pending={pending} current={current} />}
      </div>
      {canHighlight && <InsertionPoints root={root} text={text} marks={marks} pending={pending} version={typed} />}
    </div>
  )
}

function prevent(event: { preventDefault: () => void }): void {
  event.preventDefault()
}

type TextRoot = HTMLDivElement | null

function useHighlights(
  root: TextRoot,
  text: string,
  marks: readonly ShownMark[],
  current: string | null,
  pending: TextRange | null,
  version: number,
): void {
  useLayoutEffect(() => {
    const element = root
    if (element === null || !canHighlight) return
    const rangesOf = (some: readonly TextRange[]) =>
      some.flatMap((one) => {
        const range = one.start < one.end ? domRangeOf(element, one) : null
        return range === null ? [] : [range]
      })
    const remove = Array.from({ length: LOOK_COUNT }, (_, look) =>
      highlight(`mark-${look}`, rangesOf(marks.filter(({ type }) => lookOf(type) === look)), look),
    )
    remove.push(highlight('mark-current', rangesOf(marks.filter(({ key }) => key === current)), LOOK_COUNT))
    if (pending !== null) remove.push(highlight('mark-pending', rangesOf([pending]), LOOK_COUNT + 1))
    return () => {
      for (const each of remove) each()
    }
  }, [root, text, marks, current, pending, version])
}

/**
 * Reports selections: by keyboard as they are, by mouse snapped to words, unless Shift is held at the end. Answers with what is selected now,
 * snapped in the same way.
 */
function useSelection(root: TextRoot, text: string, onSelect: ((range: TextRange) => void) | undefined): () => TextRange | null {
  const report = useEffectEvent((range: TextRange) => onSelect?.(range))
  const isSelectable = onSelect !== undefined
  const snap = useRef(snapToCharacters)
  const selectedNow = () => {
    const range = root === null ? null : selectedRange(root)
    return range === null ? null : snap.current(text, range)
  }
  useEffect(() => {
    const element = root
    if (element === null || !isSelectable) return
    let dragFrom: ScreenPoint | null = null
    const onDown = (event: PointerEvent) => {
      dragFrom = { x: event.clientX, y: event.clientY }
    }
    const onUp = (event: PointerEvent) => {
      if (dragFrom === null) return
      const from = dragFrom
      const to = { x: event.clientX, y: event.clientY }
      dragFrom = null
      snap.current = event.shiftKey ? snapToCharacters : snapToWords
      const isDrag = Math.hypot(to.x - from.x, to.y - from.y) > CLICK_PX
      const range = (isDrag ? rangeBetween(element, from, to) : null) ?? selectedRange(element)
      if (range === null) return
      const snapped = snap.current(text, range)
      select(element, snapped)
      report(snapped)
    }
    const onChange = () => {
      const range = dragFrom === null ? selectedRange(element) : null
      if (range !== null) report(snap.current(text, range))
    }
    const onArrow = (event: globalThis.KeyboardEvent) => {
      if (/^(Arrow|Home$|End$|Page)/.test(event.key)) snap.current = snapToCharacters
    }
    element.addEventListener('pointerdown', onDown)
    element.addEventListener('keydown', onArrow)
    document.addEventListener('pointerup', onUp)
    document.addEventListener('selectionchange', onChange)
    return () => {
      element.removeEventListener('pointerdown', onDown)
      element.removeEventListener('keydown', onArrow)
      document.removeEventListener('pointerup', onUp)
      document.removeEventListener('selectionchange', onChange)
    }
  }, [root, text, isSelectable])
  return selectedNow
}

function select(element: HTMLElement, range: TextRange): void {
  const dom = domRangeOf(element, range)
  if (dom === null) return
  document.getSelection()?.setBaseAndExtent(dom.startContainer, dom.startOffset, dom.endContainer, dom.endOffset)
}

type InsertionPointsProps = { root: TextRoot; text: string; marks: readonly ShownMark[]; pending: TextRange | null; version: number }

/** A caret at every place where something is missing; a highlight cannot draw an empty range. */
function InsertionPoints({ root, text, marks, version }: InsertionPointsProps) {
  const [points, setPoints] = useState<{ key: string; type: string; left: number; top: number; height: number }[]>([])
  useLayoutEffect(() => {
    const element = root
    if (element === null) return
    const measure = () => {
      const origin = element.getBoundingClientRect()
      setPoints(
        marks.flatMap(({ key, type, start, end }) => {
          const box = start === end ? caretBox(element, text, start) : null
          return box === null ? [] : [{ key, type, left: box.left - origin.left, top: box.top - origin.top, height: box.height }]
        }),
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [root, text, marks, version])
  return points.map(({ key, type, left, top, height }) => (
    <span
      key={key}
      aria-hidden="true"
      title={`${type}: something is missing here`}
      className="absolute w-0.5 bg-accent"
      style={{ left: left - 1, top, height }}
    >
      <span className="absolute -top-1 -left-[3px] size-2 rotate-45 bg-accent" />
    </span>
  ))
}

/** The place of an offset on the screen: the left or right side of a neighbouring character. */
function caretBox(element: HTMLElement, text: string, offset: number): { left: number; top: number; height: number } | null {
  const before = offset > 0 && text[offset - 1] !== '\n'
  const range = domRangeOf(element, before ? { start: offset - 1, end: offset } : { start: offset, end: Math.min(text.length, offset + 1) })
  const box = range?.getClientRects()[0]
  if (box === undefined) return null
  const isRightToLeft = getComputedStyle(element).direction === 'rtl'
  return { left: before === isRightToLeft ? box.left : box.right, top: box.top, height: box.height }
}

type SegmentsProps = { text: string; marks: readonly ShownMark[]; pending: TextRange | null; current: string | null }

/** The fallback: the text in pieces, each under its marks; the first type gives the look, the others add their line around it. */
function Segments({ text, marks, pending, current }: SegmentsProps) {
  const all = pending === null ? marks : [...marks, { ...pending, key: 'pending', type: '' }]
  return markSegments(text.length, all).map(({ start, end, marks: over }) => {
    const types = over.flatMap((index) => all[index] ?? [])
    if (types.length === 0) return text.slice(start, end)
    const isStrong = types.some(({ key }) => key === current || key === 'pending')
    return types.reduceRight<React.ReactNode>(
      (content, { key, type }) => (
        <mark
          key={`${key} ${start}`}
          className={cx(type === '' ? 'bg-accent-soft' : `mark-look mark-look-${lookOf(type)}`, isStrong && 'outline outline-accent')}
        >
          {content}
        </mark>
      ),
      start === end ? null : text.slice(start, end),
    )
  })
}
