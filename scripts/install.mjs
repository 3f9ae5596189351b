// Set-up shared by `npm start` and `npm test`. Plain JavaScript on the system's Node (20 or newer), before anything is installed.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
export const node = join(root, 'node_modules/node/bin/node')

/** Runs a command in the repository with its output shown; ends this process with the command's status when it fails. */
export function run(command, args, options = {}) {
  const path = `${join(root, 'node_modules/.bin')}:${process.env.PATH}`
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options, env: { ...process.env, PATH: path, ...options.env } })
  if (done.error) throw done.error
  if (done.status !== 0) process.exit(done.status ?? 1)
}

/** Installs the locked packages when they are missing or older than the lock file. */
export function installPackages() {
  const stamp = join(root, 'node_modules/.package-lock.json')
  const lock = join(root, 'package-lock.json')
  const current = existsSync(node) && existsSync(stamp) && sameVersions(lock, stamp)
  if (current) return
  console.log('Installing packages (once, about a minute) …')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
}

function sameVersions(lockFile, stampFile) {
  const locked = JSON.parse(readFileSync(lockFile, 'utf8')).packages
  const installed = JSON.parse(readFileSync(stampFile, 'utf8')).packages
  return (
    Object.entries(installed).every(([path, { version }]) => locked[path]?.version === version) &&
    Object.entries(locked).every(
      ([path, entry]) => path === '' || entry.optional || entry.peer || entry.link || path.startsWith('packages/') || installed[path],
    )
  )
}

/** Finds Chromium, or installs the system's own package where that is possible, and says so. Returns its path. */
export function installChromium() {
  const found = process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
  if (found) return found
  installDebian(['chromium'], 'the browser tests')
  return '/usr/bin/chromium'
}

/** Finds PostgreSQL's server programs, or installs them. Returns the folder that holds `initdb` and `postgres`. */
export function installPostgres() {
  const find = () => ['18', '17', '16', '15'].map((v) => `/usr/lib/postgresql/${v}/bin`).find((dir) => existsSync(join(dir, 'initdb')))
  const found = process.env.POSTGRES_BIN ?? find()
  if (found) return found
  installDebian(['postgresql'], 'the tests against a PostgreSQL server')
  return find()
}

function installDebian(packages, purpose) {
  if (!existsSync('/usr/bin/apt-get')) {
    console.error(`Please install ${packages.join(', ')} for ${purpose}; only Debian and Ubuntu are installed by themselves.`)
    process.exit(1)
  }
  console.log(`Installing ${packages.join(', ')} for ${purpose} with apt-get …`)
  const sudo = process.getuid?.() === 0 ? [] : ['sudo']
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', '-qq', ...args]
    execFileSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  }
  apt('update')
  apt('install', '-y', '--no-install-recommends', ...packages)
}
