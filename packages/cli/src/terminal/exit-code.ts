import { ApiError } from '@plaudit/protocol'
import { RewardError } from '@plaudit/reward'
import { PlauditError } from '@plaudit/sdk'
import { StatsError } from '@plaudit/stats'

/** What every command ends with. */
export const exitCode = { success: 0, failure: 1, invalidArgument: 3 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** The exit code and the one sentence for whatever a command threw. */
export function explainFailure(error: unknown): { code: ExitCode; sentence: string } {
  const isOurs = error instanceof ApiError || error instanceof PlauditError || error instanceof RewardError || error instanceof StatsError
  // citty keeps the class of its complaints about arguments to itself.
  const isArgument = error instanceof Error && error.name === 'CLIError'
  if (isArgument || error instanceof RewardError || error instanceof StatsError)
    return { code: exitCode.invalidArgument, sentence: asSentence(error.message) }
  if (error instanceof PlauditError && error.code === 'unreachable')
    return { code: exitCode.failure, sentence: `${error.message} \`plaudit start\` starts one on this machine.` }
  if (isOurs) return { code: error.code === 'invalid_argument' ? exitCode.invalidArgument : exitCode.failure, sentence: error.message }
  if (isSystemError(error)) return explainSystemError(error)
  return { code: exitCode.failure, sentence: `Something unexpected went wrong: ${error instanceof Error ? error.message : String(error)}` }
}

type SystemError = NodeJS.ErrnoException & { code: string; syscall: string }

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
}

function explainSystemError(error: SystemError): { code: ExitCode; sentence: string } {
  const path = error.path ?? 'The file'
  if (error.code === 'ENOENT') return { code: exitCode.invalidArgument, sentence: `${path} does not exist.` }
  if (error.code === 'EISDIR') return { code: exitCode.invalidArgument, sentence: `${path} is a folder; a file is needed.` }
  if (error.code === 'EACCES') return { code: exitCode.failure, sentence: `${path} may not be read or written by this user.` }
  if (error.code === 'ENOSPC') return { code: exitCode.failure, sentence: 'The disk is full.' }
  return { code: exitCode.failure, sentence: asSentence(error.message) }
}

function asSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`
}
