#!/usr/bin/env node
// Runs the command line from source inside the repository, from `dist` once published.
// The sources are TypeScript, which Node runs as they are from version 22.18 on; the repository carries such a Node.
import { existsSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const source = join(here, '../src/main.ts')
const built = join(here, '../dist/main.js')

if (existsSync(join(here, '../../../scripts/start.mjs')) && existsSync(source)) {
  const carried = join(createRequire(import.meta.url).resolve('node/package.json'), '../bin/node')
  const node = existsSync(carried) ? carried : process.execPath
  const run = spawnSync(node, ['--conditions=source', '--disable-warning=ExperimentalWarning', source, ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  process.exit(run.status ?? 1)
} else {
  await import(pathToFileURL(built).href)
}
