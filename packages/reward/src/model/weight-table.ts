import { javascriptSums } from './javascript-sums.ts'
import type { ScoringWeights } from './reward-model.ts'
import { wasmSums } from './wasm-sums.ts'
import { type RowSums, weightRows } from './weight-rows.ts'

const tables = new WeakMap<Float32Array, RowSums>()

/** A model's weights, ready to be added up: made when they are first asked for, and shared by the model's scorers. */
export function weightTable(model: ScoringWeights): RowSums {
  let table = tables.get(model.weights)
  if (table === undefined) {
    const rows = weightRows(model)
    table = wasmSums(rows) ?? javascriptSums(rows)
    tables.set(model.weights, table)
  }
  return table
}
