import type { SpanKind } from '@plaudit/sdk'
import {
  Bot,
  Box,
  FileText,
  Gavel,
  Link2,
  ListOrdered,
  type LucideIcon,
  Search,
  ShieldCheck,
  Sparkles,
  Waypoints,
  Wrench,
} from 'lucide-react'

const icons: Record<SpanKind, LucideIcon> = {
  generation: Sparkles,
  chain: Link2,
  agent: Bot,
  tool: Wrench,
  retriever: Search,
  reranker: ListOrdered,
  embedding: Waypoints,
  guardrail: ShieldCheck,
  evaluator: Gavel,
  prompt: FileText,
  span: Box,
}

/** The sign of a span's kind; the kind is its title, and stands in words where the span is shown. */
export function SpanKindIcon({ kind, className }: { kind: SpanKind; className?: string }) {
  const Icon = icons[kind]
  return <Icon className={className ?? 'size-3.5 shrink-0'} aria-hidden="true" />
}
