import type { ArgDef, ArgsDef } from 'citty'
import { ApiError } from '@plaudit/protocol'

/**
 * Refuses options that a command does not have, options without their value, and arguments too many: citty passes all of them over in
 * silence, so that a typing error would change what is done.
 * @throws ApiError `invalid_argument`.
 */
export function checkOptions(rawArgs: readonly string[], defined: ArgsDef): void {
  const options = new Map<string, ArgDef>()
  let places = 0
  for (const [name, definition] of Object.entries(defined)) {
    if (definition.type === 'positional') places += 1
    else for (const alias of [name, ...aliasesOf(definition)]) options.set(alias, definition)
  }
  let given = 0
  for (let index = 0; index < rawArgs.length; index += 1) {
    const raw = rawArgs[index]!
    if (raw === '--') break
    if (!raw.startsWith('-') || raw === '-') {
      given += 1
      if (given > places) throw refuse(`${raw} is one argument too many`)
      continue
    }
    const [flag, value] = split(raw)
    const definition = options.get(flag) ?? (flag.startsWith('no-') ? booleanOf(options.get(flag.slice(3))) : undefined)
    if (definition === undefined) throw refuse(`There is no option ${raw.split('=')[0]}${closest(flag, [...options.keys()])}`)
    if (definition.type === 'boolean' || definition.type === undefined) continue
    if (value === undefined) index += 1
    if ((value ?? rawArgs[index] ?? '') === '') throw refuse(`${raw.split('=')[0]} needs a value`)
  }
}

function split(raw: string): [string, string | undefined] {
  const [flag = '', ...value] = raw.replace(/^--?/, '').split('=')
  return [flag, value.length === 0 ? undefined : value.join('=')]
}

function aliasesOf(definition: ArgDef): string[] {
  return 'alias' in definition && definition.alias !== undefined ? [definition.alias].flat() : []
}

function booleanOf(definition: ArgDef | undefined): ArgDef | undefined {
  return definition?.type === 'boolean' ? definition : undefined
}

function closest(flag: string, known: readonly string[]): string {
  const similar = known.find((name) => name.length > 1 && (name.startsWith(flag) || flag.startsWith(name)))
  return similar === undefined ? '' : `; did you mean --${similar}?`
}

function refuse(problem: string): ApiError {
  return new ApiError('invalid_argument', /[.?]$/.test(problem) ? problem : `${problem}.`)
}
