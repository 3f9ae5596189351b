/** What any model, also one that is served elsewhere, says of an output. A model that knows no uncertainty says 0. */
export interface OutputScore {
  reward: number
  std: number
}
