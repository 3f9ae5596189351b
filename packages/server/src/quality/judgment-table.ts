import { ratingsBuilder, type Ratings } from '@plaudit/stats'

/** The judgments on one criterion of one kind in columns: `slices[j]` is the slice of rating j. */
export type JudgmentTable = {
  criterion: string
  kind: string
  ratings: Ratings
  /** Index into `sliceNames` for each rating. */
  slices: Int32Array
  sliceNames: string[]
  /** When each was given, in milliseconds since the epoch. */
  times: Float64Array
}

/** A row of the stream; the time is in milliseconds since the epoch. */
export type JudgmentLine = [
  criterion: string,
  kind: string,
  item: string,
  rater: string,
  value: string,
  slice: string,
  timeMs: string | number,
]

/** Collects streamed judgments by criterion and kind in the compact form that the statistics read. Values keep their text. */
export function judgmentTables() {
  const tables = new Map<string, ReturnType<typeof newTable>>()
  return {
    add(line: JudgmentLine): void {
      const key = `${line[0]}\0${line[1]}`
      let table = tables.get(key)
      if (table === undefined) tables.set(key, (table = newTable(line[0], line[1])))
      table.add(line)
    },
    build: (): JudgmentTable[] => [...tables.values()].map((table) => table.build()),
  }
}

function newTable(criterion: string, kind: string) {
  const builder = ratingsBuilder()
  const slices: number[] = []
  const times: number[] = []
  const index = new Map<string, number>()
  return {
    add([, , item, rater, value, slice, timeMs]: JudgmentLine) {
      let code = index.get(slice)
      if (code === undefined) index.set(slice, (code = index.size))
      builder.add(item, rater, value)
      slices.push(code)
      times.push(Number(timeMs))
    },
    build: (): JudgmentTable => ({
      criterion,
      kind,
      ratings: builder.build(),
      slices: Int32Array.from(slices),
      sliceNames: [...index.keys()],
      times: Float64Array.from(times),
    }),
  }
}
