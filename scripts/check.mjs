// Every static check, in the order that fails fastest.
import { run } from './install.mjs'

run('oxlint', ['--type-aware', '--deny-warnings'])
run('tsc', ['-b', 'tsconfig.json'])
run('node', ['scripts/architecture.mjs'])
