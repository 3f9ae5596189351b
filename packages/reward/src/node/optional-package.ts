import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { RewardError } from '../error.ts'

/**
 * Where packages stand that Plaudit does not install by itself: beside its own, or in the folder where it is run.
 *
 * @returns The address of each package's main file, to be imported.
 * @throws RewardError `embedding` with the command that installs what is missing.
 */
export function optionalPackages<const N extends readonly string[]>(names: N, from = process.cwd()): { [I in keyof N]: string } {
  const found = names.map((name) => locate(name, from))
  const missing = names.filter((_, index) => found[index] === null)
  if (missing.length > 0)
    throw new RewardError(
      'embedding',
      `A local encoder needs ${missing.join(' and ')}, which Plaudit does not install by itself: run \`npm install --no-save ${missing.join(' ')}\` in this folder, then begin again.`,
    )
  return found as { [I in keyof N]: string }
}

function locate(name: string, from: string): string | null {
  for (const base of [import.meta.url, join(from, 'package.json')]) {
    try {
      return pathToFileURL(createRequire(base).resolve(name)).href
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  return null
}
