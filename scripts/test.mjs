// All checks and tests. Installs what they need, the system's Chromium and PostgreSQL included, and says so.
import { installChromium, installPackages, installPostgres, run } from './install.mjs'

installPackages()
const env = { CHROMIUM_PATH: installChromium(), POSTGRES_BIN: installPostgres() }
run('npm', ['run', '--silent', 'check'])
run('vitest', ['run'], { env })
