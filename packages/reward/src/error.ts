/**
 * `row`: a row that is no preference pair. `pairs`: pairs from which nothing can be learnt. `model-file`: a file that is no model, is cut short,
 * or was written by another feature specification. `range`: an option outside its domain.
 */
export type RewardErrorCode = 'row' | 'pairs' | 'model-file' | 'range' | 'embedding'

/** Input that no reward model can be made from or read out of. The message is a whole sentence meant for a person. */
export class RewardError extends Error {
  override readonly name = 'RewardError'
  readonly code: RewardErrorCode

  constructor(code: RewardErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
