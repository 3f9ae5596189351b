import { RewardError } from '../error.ts'
import type { FeatureOptions, VectorOf } from './specification.ts'

/** Vectors of outputs, by whom and how long. */
export interface Embedding {
  /** What made them, as the model file records it. */
  model: string
  dimension: number
  vectorOf: VectorOf
}

/** The vectors of texts as plain data, which another thread can be given: a row of `values` for each text. */
export interface VectorTable {
  model: string
  dimension: number
  texts: readonly string[]
  values: Float32Array
}

/** Looks vectors up in a table. @throws RewardError `embedding` where a text is not in it. */
export function embeddingOf({ model, dimension, texts, values }: VectorTable): Embedding {
  const rowOf = new Map(texts.map((text, row) => [text, row]))
  return {
    model,
    dimension,
    vectorOf(text) {
      const row = rowOf.get(text)
      if (row === undefined)
        throw new RewardError('embedding', 'A text has no vector: all outputs must be embedded before they are scored.')
      return values.subarray(row * dimension, (row + 1) * dimension)
    },
  }
}

/**
 * The vectors that a model asks for; undefined for a model of words alone.
 *
 * @throws RewardError `embedding` where it asks for vectors and there are none, or those of another encoder.
 */
export function vectorsFor({ embedding: wanted }: FeatureOptions, given: Embedding | undefined): VectorOf | undefined {
  if (wanted === null) return undefined
  if (given === undefined)
    throw new RewardError('embedding', `This reward model needs the vectors of ${wanted.model} beside the words: name that encoder.`)
  checkEncoder(wanted, given.model)
  if (given.dimension !== wanted.dimension)
    throw new RewardError(
      'embedding',
      `This reward model was trained with vectors of ${wanted.dimension} dimensions by ${wanted.model}, but these have ${given.dimension}: name the same version of it.`,
    )
  return given.vectorOf
}

/** @throws RewardError `embedding` where an encoder is not the one that a model was trained with. */
export function checkEncoder(wanted: NonNullable<FeatureOptions['embedding']>, encoder: string): void {
  if (encoder !== wanted.model)
    throw new RewardError(
      'embedding',
      `This reward model was trained with the vectors of ${wanted.model} (${wanted.dimension} dimensions), not with those of ${encoder}: name the encoder that it was trained with.`,
    )
}
