// Installs what is missing, builds the web app when its sources changed, and starts the platform with the sample project.
import { installPackages, node, root, run } from './install.mjs'
import { join } from 'node:path'

installPackages()
run(node, [join(root, 'scripts/build-web.mjs')])
// In this process, so that a signal has no further process to pass through.
process.argv.splice(2, 0, 'start', '--sample')
await import('../packages/cli/bin/plaudit.mjs')
