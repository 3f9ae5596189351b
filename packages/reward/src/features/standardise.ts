import { TRAIT_CLIP, TRAIT_SCALE } from './specification.ts'

/** Mean and standard deviation of each trait over the outputs that a model was trained on. */
export interface TraitScaling {
  mean: Float64Array
  /** At least a small positive number, so that a constant trait stays zero. */
  deviation: Float64Array
}

/** The scaling from a table of traits (`rows` × `width`), over the rows listed. */
export function fitScaling(traits: Float32Array, width: number, rows: Iterable<number>): TraitScaling {
  const mean = new Float64Array(width)
  const square = new Float64Array(width)
  let n = 0
  for (const row of rows) {
    n += 1
    for (let j = 0; j < width; j += 1) {
      const value = traits[row * width + j]!
      const delta = value - mean[j]!
      mean[j]! += delta / n
      square[j]! += delta * (value - mean[j]!)
    }
  }
  return { mean, deviation: square.map((sum) => Math.sqrt(sum / Math.max(1, n)) || 1) }
}

/** A trait as the model sees it: standardised, clipped and shrunk. */
export function scaleTrait({ mean, deviation }: TraitScaling, trait: number, value: number): number {
  const standard = (value - mean[trait]!) / deviation[trait]!
  return TRAIT_SCALE * Math.max(-TRAIT_CLIP, Math.min(TRAIT_CLIP, standard))
}
