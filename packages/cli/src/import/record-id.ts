import { createHash } from 'node:crypto'

export type RecordIds = ReturnType<typeof recordIds>

/**
 * Ids that follow from content, so that an import that is repeated or finished later writes nothing twice. Rows with the same content are
 * told apart by their count.
 */
export function recordIds(format: string) {
  const seen = new Map<number, number>()

  /** A base for a row's ids: its content and how often that occurred before. */
  function ofRow(content: string): string {
    const digest = createHash('sha256').update(`${format}\0${content}`).digest()
    // 48 bits: a chance meeting only adds one to a count, the same at every repeat.
    const short = digest.readUIntBE(0, 6)
    const before = seen.get(short) ?? 0
    seen.set(short, before + 1)
    return before === 0 ? digest.toString('hex') : hash(`${digest.toString('hex')}\0${before}`)
  }

  return {
    ofRow,
    /** A base for ids of what several rows name, such as an item. */
    ofName: (...names: string[]) => hash([format, ...names].join('\0')),
    traceId: (base: string, part = '') => hash(`${base}\0trace\0${part}`).slice(0, 32),
    spanId: (base: string, part = '') => hash(`${base}\0span\0${part}`).slice(0, 16),
    /** A UUID of version 8, whose bits are ours to choose. */
    uuid(base: string, part = ''): string {
      const hex = hash(`${base}\0feedback\0${part}`)
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
    },
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
