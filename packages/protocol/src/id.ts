import { z } from 'zod'

/** OpenTelemetry trace id: 32 lower-case hex digits, not all zero. Upper case is accepted and lowered. */
export const traceIdSchema = z
  .string()
  .toLowerCase()
  .regex(/^(?!0{32})[0-9a-f]{32}$/, 'must be 32 hexadecimal digits, not all zero')
  .brand<'TraceId'>()
  .meta({ id: 'TraceId', example: '4bf92f3577b34da6a3ce929d0e0e4736' })
export type TraceId = z.output<typeof traceIdSchema>

/** OpenTelemetry span id: 16 lower-case hex digits, not all zero. Upper case is accepted and lowered. */
export const spanIdSchema = z
  .string()
  .toLowerCase()
  .regex(/^(?!0{16})[0-9a-f]{16}$/, 'must be 16 hexadecimal digits, not all zero')
  .brand<'SpanId'>()
  .meta({ id: 'SpanId', example: '00f067aa0ba902b7' })
export type SpanId = z.output<typeof spanIdSchema>

/** Identifier of one of our own records: a UUID of any version; ours are version 7. */
export const uuidSchema = z.uuid().toLowerCase().meta({ id: 'Uuid', example: '0198f2a4-7c3e-7d52-9a41-6f0e2d9c8b17' })

/** A moment in UTC, ISO 8601 with milliseconds; offsets are accepted and converted. */
export const timeSchema = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .meta({ id: 'Time', example: '2026-05-04T12:30:00.000Z' })

/** Free-form names and values that travel with a record: at most 64 entries, keys to 200 and values to 8,000 characters. */
export const metadataSchema = z
  .record(z.string().min(1).max(200), z.string().max(8_000))
  .refine((entries) => Object.keys(entries).length <= 64, 'must have at most 64 entries')
  .meta({ id: 'Metadata' })
