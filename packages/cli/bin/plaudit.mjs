#!/usr/bin/env node
// Runs the command line from source inside the repository, from `dist` once published.
// The sources are TypeScript, which Node runs as they are from version 22.18 on; the repository carries such a Node.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const source = join(here, '../src/main.ts')
const built = join(here, '../dist/main.js')

if (existsSync(join(here, '../../../scripts/start.mjs')) && existsSync(source)) {
  const carried = join(createRequire(import.meta.url).resolve('node/package.json'), '../bin/node')
  const node = existsSync(carried) ? carried : process.execPath
  const child = spawn(node, ['--conditions=source', '--disable-warning=ExperimentalWarning', source, ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  // A signal to this process is meant for the other one, which closes its stores and then ends; this one ends with it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
} else {
  await import(pathToFileURL(built).href)
}
