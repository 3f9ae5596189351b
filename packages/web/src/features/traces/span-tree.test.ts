import type { Span } from '@plaudit/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildSpanTree, mainSpan, type SpanNode, treeMove, visibleRows } from './span-tree.ts'

/** A span with what the tree looks at: id, parent, start in seconds and kind. */
function span(id: string, parent: string | null, start = 0, kind: Span['kind'] = 'span'): Span {
  return { spanId: id, parentSpanId: parent, startTime: new Date(start * 1_000).toISOString(), kind, name: id } as Span
}

const shape = (nodes: readonly SpanNode[]): unknown => nodes.map((node) => [node.span.spanId, shape(node.children)])
const ids = (nodes: readonly SpanNode[], collapsed: string[] = []) =>
  visibleRows(nodes, new Set(collapsed)).map((row) => row.node.span.spanId as string)

test('children stand under their parent in order of start', () => {
  expect(shape(buildSpanTree([span('c', 'a', 2), span('b', 'a', 1), span('a', null)]))).toEqual([
    [
      'a',
      [
        ['b', []],
        ['c', []],
      ],
    ],
  ])
})

test('a span whose parent is not here becomes a root and says so', () => {
  const [root] = buildSpanTree([span('a', 'missing')])
  expect(root).toMatchObject({ orphan: true, children: [] })
})

test('spans that are each other’s ancestors are cut at the earliest', () => {
  const roots = buildSpanTree([span('a', 'b', 1), span('b', 'c', 2), span('c', 'a', 3), span('d', 'b', 4), span('e', 'e', 5)])
  expect(shape(roots)).toEqual([
    ['a', [['c', [['b', [['d', []]]]]]]],
    ['e', []],
  ])
})

test('every span appears exactly once, whatever the parents are', () => {
  const spans = fc
    .array(fc.tuple(fc.option(fc.nat(14)), fc.nat(9)), { maxLength: 15 })
    .map((list) => list.map(([parent, start], index) => span(`s${index}`, parent === null ? null : `s${parent}`, start)))
  fc.assert(
    fc.property(spans, (all) => {
      expect(ids(buildSpanTree(all)).sort()).toEqual(all.map((one) => one.spanId as string).sort())
    }),
  )
})

test('a chain of 20,000 spans is no problem', () => {
  const chain = Array.from({ length: 20_000 }, (_, index) => span(`s${index}`, index === 0 ? null : `s${index - 1}`, index))
  expect(visibleRows(buildSpanTree(chain), new Set()).at(-1)).toMatchObject({ depth: 19_999 })
})

test('the first generation is what is shown first', () => {
  const roots = buildSpanTree([span('a', null), span('b', 'a', 1, 'retriever'), span('c', 'a', 2, 'generation')])
  expect(mainSpan(roots)?.spanId).toBe('c')
  expect(mainSpan(buildSpanTree([span('a', null)]))?.spanId).toBe('a')
  expect(mainSpan([])).toBeNull()
})

test('arrows walk, open and close as in any tree', () => {
  const roots = buildSpanTree([span('a', null), span('b', 'a', 1), span('c', 'b', 2), span('d', null, 3)])
  const rows = visibleRows(roots, new Set())
  const open = new Set<string>()
  expect(treeMove(rows, 'a', open, 'ArrowDown')).toEqual({ select: 'b' })
  expect(treeMove(rows, 'b', open, 'ArrowLeft')).toEqual({ toggle: 'b' })
  expect(treeMove(rows, 'c', open, 'ArrowLeft')).toEqual({ select: 'b' })
  expect(treeMove(rows, 'd', open, 'ArrowDown')).toEqual({ select: 'd' })
  expect(treeMove(rows, 'd', open, 'Home')).toEqual({ select: 'a' })
  const collapsed = new Set(['a'])
  expect(ids(roots, ['a'])).toEqual(['a', 'd'])
  expect(treeMove(visibleRows(roots, collapsed), 'a', collapsed, 'ArrowRight')).toEqual({ toggle: 'a' })
})
