import { readFileSync } from 'node:fs'

/** What other programs answer: the output of `reference/<name>.py`, which is committed beside it. */
export function readReference<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../reference/${name}.json`, import.meta.url), 'utf8')) as T
}
