import type { AttributeValue } from '../decode/otlp-span.ts'

export type Json = { readonly [key: string]: unknown }

/** Deeper than this, JSON inside a text is left as text: nothing honest is, and reading it could exhaust the stack. */
const MAX_JSON_DEPTH = 64

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as text: text as it is, anything else as JSON. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value as number)
}

/** A finite number, also one written as text; null for anything else. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  return Number.isFinite(number) ? number : null
}

/** The data in a text that is a JSON object or list; any other value as it is. */
export function dataOf(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const first = value.charCodeAt(firstInk(value))
  if (first !== 0x7b && first !== 0x5b) return value
  try {
    const data: unknown = JSON.parse(value)
    return isDeeper(data, MAX_JSON_DEPTH) ? value : data
  } catch {
    return value
  }
}

/** The record that a value is, or that is written in it as JSON; null for anything else. */
export function recordOf(value: AttributeValue | undefined): Json | null {
  const data = dataOf(value)
  return isRecord(data) ? data : null
}

/** The list that a value is, or that is written in it as JSON; null for anything else. */
export function listOf(value: AttributeValue | undefined): unknown[] | null {
  const data = dataOf(value)
  return Array.isArray(data) ? (data as unknown[]) : null
}

function firstInk(text: string): number {
  let at = 0
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++
  return at
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (depth === 0) return true
  if (Array.isArray(value)) {
    for (const one of value as unknown[]) if (isDeeper(one, depth - 1)) return true
    return false
  }
  for (const key in value) if (isDeeper((value as Json)[key], depth - 1)) return true
  return false
}
