/** Integers that are collected one by one, 4 bytes each: an array of numbers takes 8 and more, and is copied to become typed. */
export interface GrowingList {
  push(value: number): void
  readonly length: number
  /** What was collected so far, copied. */
  toInt32Array(): Int32Array<ArrayBuffer>
}

export function growingList(): GrowingList {
  let values = new Int32Array(1024)
  let length = 0
  return {
    push(value) {
      if (length === values.length) {
        const larger = new Int32Array(2 * length)
        larger.set(values)
        values = larger
      }
      values[length] = value
      length += 1
    },
    get length() {
      return length
    },
    toInt32Array: () => values.slice(0, length),
  }
}

/** Names told apart by their text and numbered in the order in which they come. */
export function nameIndex(): { codeOf(name: string): number; names(): string[] } {
  const index = new Map<string, number>()
  return {
    codeOf(name) {
      let code = index.get(name)
      if (code === undefined) {
        code = index.size
        index.set(name, code)
      }
      return code
    },
    names: () => [...index.keys()],
  }
}
