/** What turns texts into vectors: a model served elsewhere, or one in a folder. */
export interface Encoder {
  /** What a reward model's file names it by: a served model by its name, a local one by its content. */
  model: string
  /** What vectors are kept under: nothing else may give the same. */
  key: readonly string[]
  /** Texts that are asked for together. */
  batch: number
  /** Requests that may be under way at once. */
  atOnce: number
  /** What a million tokens cost; undefined where that is not known, 0 where nothing is paid. */
  usdPerMillionTokens?: number | undefined
  /** What of a text is embedded: never nothing, and no more than the model reads. */
  prepare(text: string): string
  /** The vectors of prepared texts, in their order, of one length. @throws RewardError `embedding`. */
  encode(texts: readonly string[], signal?: AbortSignal): Promise<Encoded>
}

export interface Encoded {
  vectors: readonly Float32Array[]
  /** Tokens that were read, as far as that is known. */
  tokens: number
}
