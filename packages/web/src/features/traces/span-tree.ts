import type { Span } from '@plaudit/protocol'

export type SpanNode = {
  span: Span
  children: SpanNode[]
  /** Its parent is named but not here: not yet arrived, sampled away, or a link of a circle that had to be cut. */
  orphan: boolean
}

/** One visible line of the tree, in the order of reading. */
export type SpanRow = { node: SpanNode; depth: number; position: number; siblings: number; parentId: string | null }

/**
 * The tree of a trace's spans, siblings in order of start. Every span appears exactly once: one whose parent is missing becomes a root, and of
 * spans that are each other's ancestors the earliest becomes one.
 */
export function buildSpanTree(spans: readonly Span[]): SpanNode[] {
  const ordered = [...new Map(spans.map((span) => [span.spanId as string, span])).values()].sort(byStart)
  const nodes = new Map(ordered.map((span): [string, SpanNode] => [span.spanId, { span, children: [], orphan: false }]))
  const cut = circleStarts(ordered, nodes)
  const roots: SpanNode[] = []
  for (const node of nodes.values()) {
    const { parentSpanId, spanId } = node.span
    const parent = parentSpanId === null || cut.has(spanId) ? undefined : nodes.get(parentSpanId)
    if (parent === undefined) {
      node.orphan = parentSpanId !== null
      roots.push(node)
    } else parent.children.push(node)
  }
  return roots
}

/** The earliest span of every circle of parents. `ordered` is by start, so the first to be met on its own path is the earliest. */
function circleStarts(ordered: readonly Span[], nodes: ReadonlyMap<string, SpanNode>): Set<string> {
  const starts = new Set<string>()
  const settled = new Set<string>()
  for (const { spanId } of ordered) {
    const path: string[] = []
    const onPath = new Set<string>()
    let at: string | null = spanId
    while (at !== null && nodes.has(at) && !settled.has(at) && !onPath.has(at)) {
      path.push(at)
      onPath.add(at)
      at = nodes.get(at)?.span.parentSpanId ?? null
    }
    if (at !== null && onPath.has(at)) {
      const circle = new Set(path.slice(path.indexOf(at)))
      const earliest = ordered.find((span) => circle.has(span.spanId))
      if (earliest !== undefined) starts.add(earliest.spanId)
    }
    for (const id of path) settled.add(id)
  }
  return starts
}

function byStart(a: Span, b: Span): number {
  return a.startTime < b.startTime ? -1 : a.startTime > b.startTime ? 1 : a.spanId < b.spanId ? -1 : 1
}

/** The lines to show, children of collapsed spans left out. Without recursion, so that a chain of any length fits. */
export function visibleRows(roots: readonly SpanNode[], collapsed: ReadonlySet<string>): SpanRow[] {
  const rows: SpanRow[] = []
  const stack = siblingRows(roots, 0, null)
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    rows.push(row)
    const { span, children } = row.node
    if (!collapsed.has(span.spanId)) stack.push(...siblingRows(children, row.depth + 1, span.spanId))
  }
  return rows
}

/** Rows of one level, last first, as a stack wants them. */
function siblingRows(nodes: readonly SpanNode[], depth: number, parentId: string | null): SpanRow[] {
  return nodes.map((node, index) => ({ node, depth, position: index + 1, siblings: nodes.length, parentId })).reverse()
}

/** The span to show first: the first generation, for that is what people judge, or else the first root. */
export function mainSpan(roots: readonly SpanNode[]): Span | null {
  const rows = visibleRows(roots, new Set())
  return (rows.find((row) => row.node.span.kind === 'generation') ?? rows[0])?.node.span ?? null
}

/** Names that tell spans apart: the span's own, with a number where several share it. */
export function spanNames(spans: readonly Span[]): (spanId: string) => string {
  const groups = Map.groupBy(spans, ({ name }) => name)
  const names = new Map<string, string>()
  for (const [name, group] of groups)
    for (const [index, { spanId }] of group.entries()) names.set(spanId, group.length === 1 ? name : `${name} ${index + 1}`)
  return (spanId) => names.get(spanId) ?? `span ${spanId}`
}

export type TreeMove = { select: string } | { toggle: string } | null

/** What a key does in the tree, as the tree pattern of WAI-ARIA says: arrows walk, left closes or goes up, right opens or goes down. */
export function treeMove(rows: readonly SpanRow[], selected: string | null, collapsed: ReadonlySet<string>, key: string): TreeMove {
  const at = rows.findIndex((row) => row.node.span.spanId === selected)
  const row = rows[at]
  const to = (index: number): TreeMove => {
    const target = rows[Math.max(0, Math.min(rows.length - 1, index))]
    return target === undefined ? null : { select: target.node.span.spanId }
  }
  if (key === 'Home') return to(0)
  if (key === 'End') return to(rows.length - 1)
  if (row === undefined) return to(0)
  const { span, children } = row.node
  if (key === 'ArrowDown' || key === 'j') return to(at + 1)
  if (key === 'ArrowUp' || key === 'k') return to(at - 1)
  if (key === 'ArrowRight') {
    if (children.length === 0) return null
    return collapsed.has(span.spanId) ? { toggle: span.spanId } : to(at + 1)
  }
  if (key !== 'ArrowLeft') return null
  if (children.length > 0 && !collapsed.has(span.spanId)) return { toggle: span.spanId }
  return row.parentId === null ? null : { select: row.parentId }
}
