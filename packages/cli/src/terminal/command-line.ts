import { type ArgsDef, type CommandDef, renderUsage, type Resolvable, runCommand, type SubCommandsDef } from 'citty'
import { stripVTControlCharacters } from 'node:util'
import { type ExitCode, exitCode, explainFailure } from './exit-code.ts'
import { checkOptions } from './option-check.ts'

export type Output = { out(text: string): void; error(text: string): void }
const terminal: Output = {
  out: (text) => void process.stdout.write(plainUnlessTerminal(text, process.stdout)),
  error: (text) => void process.stderr.write(plainUnlessTerminal(text, process.stderr)),
}

/** Runs one command line and answers with its exit code; every failure is one sentence on standard error. */
export async function commandLine(root: CommandDef, rawArgs: readonly string[], output: Output = terminal): Promise<ExitCode> {
  try {
    if (rawArgs.length === 1 && (rawArgs[0] === '--version' || rawArgs[0] === '-v')) {
      output.out(`${(await resolved(root.meta))?.version}\n`)
      return exitCode.success
    }
    const { command, parents, rest } = await find(root, rawArgs)
    const asksForHelp = rawArgs.includes('--help') || rawArgs.includes('-h')
    if (asksForHelp || (command.run === undefined && rest.length === 0)) {
      output.out(`${await usage(command, parents)}\n`)
      return exitCode.success
    }
    checkOptions(rest, (await resolved(command.args)) ?? {})
    await runCommand(root, { rawArgs: [...rawArgs] })
    return exitCode.success
  } catch (error) {
    const { code, sentence } = explainFailure(error)
    output.error(`plaudit: ${sentence}\n`)
    if (process.env.PLAUDIT_DEBUG === '1' && error instanceof Error) output.error(`${error.stack}\n`)
    return code
  }
}

/** The command that is asked for, the ones above it, and the arguments that are left for it. */
async function find(root: CommandDef, rawArgs: readonly string[]) {
  let command = root
  let rest = [...rawArgs]
  const parents: CommandDef[] = []
  for (;;) {
    const below = await resolved<SubCommandsDef>(command.subCommands)
    const name = rest[0]
    if (below === undefined || name === undefined || name.startsWith('-')) return { command, parents, rest }
    const next = Object.hasOwn(below, name) ? await resolved<CommandDef<ArgsDef>>(below[name]) : undefined
    if (next === undefined) return { command, parents, rest: refuseUnknown(name, Object.keys(below)) }
    parents.push(command)
    command = next
    rest = rest.slice(1)
  }
}

function refuseUnknown(name: string, known: readonly string[]): never {
  throw Object.assign(new Error(`There is no command ${name}. The commands are ${known.join(', ')}.`), { name: 'CLIError' })
}

async function usage(command: CommandDef, parents: readonly CommandDef[]): Promise<string> {
  const names = await Promise.all(parents.map(async (parent) => (await resolved(parent.meta))?.name))
  return renderUsage(command, parents.length === 0 ? undefined : { meta: { name: names.join(' ') } })
}

async function resolved<T>(value: Resolvable<T> | undefined): Promise<T | undefined> {
  return typeof value === 'function' ? (value as () => T | Promise<T>)() : value
}

/** citty colours its texts also where nobody sees colours. */
function plainUnlessTerminal(text: string, stream: { isTTY?: boolean }): string {
  return stream.isTTY === true ? text : stripVTControlCharacters(text)
}
