// Builds the web app when a source is newer than the last build.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './install.mjs'

// What is served is React's production build, also when tests ask for it.
process.env.NODE_ENV = 'production'

const newest = (path) =>
  statSync(path).isDirectory()
    ? Math.max(
        0,
        ...readdirSync(path)
          .filter((name) => !/^(node_modules|dist|dist-types)$/.test(name))
          .map((name) => newest(join(path, name))),
      )
    : statSync(path).mtimeMs
const built = join(root, 'packages/web/dist/index.html')
const sources = ['web', 'sdk', 'protocol', 'stats'].map((name) => newest(join(root, 'packages', name)))
if (!existsSync(built) || statSync(built).mtimeMs < Math.max(...sources)) {
  console.log('Building the web app …')
  run('npm', ['run', '--silent', 'build', '--workspace', '@plaudit/web', '--', '--logLevel', 'warn'])
}
