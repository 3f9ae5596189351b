import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { EventStore } from '../events/event-store.ts'

export type Metrics = ReturnType<typeof createMetrics>

/** What the server measures of itself, in the format of Prometheus. One registry per server, so that two in a process do not mix. */
export function createMetrics(events: Pick<EventStore, 'waiting'>) {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'plaudit_group_commit_waiting_bytes',
    help: 'Encoded rows that wait to be written to the event store, by table.',
    labelNames: ['table'] as const,
    registers,
    collect() {
      for (const [table, length] of Object.entries(events.waiting())) this.set({ table }, length)
    },
  })
  return {
    registry,
    /** Time from request to answer, by route pattern (never by path, which has ids in it). */
    requestSeconds: new Histogram({
      name: 'plaudit_http_request_duration_seconds',
      help: 'Time from request to answer, by method, route and status.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    /** Records that are on disk, by kind: `span` or `feedback`. */
    recordsAccepted: new Counter({
      name: 'plaudit_records_accepted_total',
      help: 'Records written to the event store, by kind.',
      labelNames: ['kind'] as const,
      registers,
    }),
    /** Records that were refused, by kind and error code. */
    recordsRejected: new Counter({
      name: 'plaudit_records_rejected_total',
      help: 'Records refused, by kind and error code.',
      labelNames: ['kind', 'code'] as const,
      registers,
    }),
  }
}
