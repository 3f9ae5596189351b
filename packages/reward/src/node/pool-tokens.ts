import type { Pooling } from './onnx-folder.ts'

/**
 * One vector of length 1 for each text of a batch.
 *
 * @param hidden Texts × tokens × dimensions. @param lengths Tokens of each text; what follows them is padding.
 */
export function poolTokens(hidden: Float32Array, lengths: readonly number[], width: number, pooling: Pooling): Float32Array[] {
  const places = hidden.length / (lengths.length * width)
  return lengths.map((length, text) => {
    const vector = new Float64Array(width)
    const used = pooling === 'cls' ? 1 : length
    for (let token = 0; token < used; token += 1) {
      const at = (text * places + token) * width
      for (let j = 0; j < width; j += 1) vector[j]! += hidden[at + j]!
    }
    return unit(vector)
  })
}

/** A vector at length 1; one of zeros stays. */
export function unit(vector: Float64Array | Float32Array): Float32Array {
  const norm = Math.hypot(...vector) || 1
  return Float32Array.from(vector, (value) => value / norm)
}
