// Installs what is missing, builds the web app when its sources changed, and starts the platform with the sample project.
import { installPackages, node, root, run } from './install.mjs'
import { join } from 'node:path'

installPackages()
run(node, [join(root, 'scripts/build-web.mjs')])
run(node, [join(root, 'packages/cli/bin/plaudit.mjs'), 'start', '--sample', ...process.argv.slice(2)])
