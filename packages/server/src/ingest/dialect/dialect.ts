import type { SpanKind } from '@plaudit/protocol'
import type { Draft, TextField, UsageField } from './draft.ts'

/**
 * How one family of instrumentations names things: tables for what is a text, a number or a kind, and a function for what has structure.
 * Names are in order of preference.
 */
export type Dialect = {
  /** Attributes that name the kind of a span, with their values in lower case. */
  kinds: Record<string, Record<string, SpanKind>>
  texts: Partial<Record<TextField, readonly string[]>>
  usage: Partial<Record<UsageField, readonly string[]>>
  /** Reads messages, documents, parameters and metadata. Fills only what is still open in the draft. */
  read(draft: Draft): void
}
