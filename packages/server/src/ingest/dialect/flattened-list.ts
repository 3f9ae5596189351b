import type { Attributes, AttributeValue } from '../decode/otlp-span.ts'

/** A record of a flattened list, with the full names of the attributes that it was made of. */
export type FlattenedRecord = { fields: Map<string, AttributeValue>; names: string[] }

/**
 * The records of a list that was flattened to attributes `<list>.<index>.<field>`, in the order of their indices, each with its fields by
 * the rest of their names. Indices need not be contiguous. Nothing is taken; see `takeNames`.
 */
export function flattenedList(attributes: ReadonlyMap<string, AttributeValue>, list: string): FlattenedRecord[] {
  const prefix = `${list}.`
  const byIndex = new Map<number, FlattenedRecord>()
  for (const [name, value] of attributes) {
    if (!name.startsWith(prefix)) continue
    const dot = name.indexOf('.', prefix.length)
    const index = Number(name.slice(prefix.length, dot === -1 ? undefined : dot))
    if (!Number.isInteger(index) || index < 0) continue
    let record = byIndex.get(index)
    if (record === undefined) byIndex.set(index, (record = { fields: new Map(), names: [] }))
    record.fields.set(dot === -1 ? '' : name.slice(dot + 1), value)
    record.names.push(name)
  }
  if (byIndex.size < 2) return [...byIndex.values()]
  return [...byIndex].sort(([a], [b]) => a - b).map(([, record]) => record)
}

/** Takes the attributes that flattened records were made of. */
export function takeNames(attributes: Attributes, records: readonly FlattenedRecord[]): void {
  for (const { names } of records) for (const name of names) attributes.delete(name)
}
