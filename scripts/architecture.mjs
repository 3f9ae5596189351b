// The architecture test: who may import whom. The two tables below are the architecture; ARCHITECTURE.md explains them.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { root } from './install.mjs'

/** For each package: the packages it may import. `protocol` is imported by `sdk` as types only. */
const mayImport = {
  protocol: [],
  stats: [],
  reward: ['stats'],
  sdk: ['protocol'],
  cli: ['protocol', 'sdk', 'stats', 'reward', 'server'],
  server: ['protocol', 'stats', 'reward'],
  web: ['protocol', 'sdk'],
}
/** Packages whose files must stay free of Node, the DOM, the clock and `Math.random`. `reward/src/node` is the exception. */
const pure = ['stats', 'reward']

const problems = []
const packageOf = { plaudit: 'cli', ...Object.fromEntries(Object.keys(mayImport).map((name) => [`@plaudit/${name}`, name])) }

function* sources(dir) {
  for (const name of readdirSync(dir)) {
    if (name === 'node_modules' || name === 'dist') continue
    const path = join(dir, name)
    if (statSync(path).isDirectory()) yield* sources(path)
    else if (/\.tsx?$/.test(name)) yield path
  }
}

function* importsOf(text) {
  for (const match of text.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
  )) {
    yield { target: match[2] ?? match[3], typeOnly: Boolean(match[1]) }
  }
}

const graph = new Map()
for (const name of Object.keys(mayImport)) {
  const base = join(root, 'packages', name, 'src')
  for (const file of sources(base)) {
    const here = relative(root, file)
    const isTest = /\.test\.tsx?$/.test(file) || file.includes('/test/')
    const text = readFileSync(file, 'utf8')
    const edges = []
    for (const { target, typeOnly } of importsOf(text)) {
      if (target.startsWith('.')) {
        const to = resolve(dirname(file), target)
        if (!to.startsWith(base)) problems.push(`${here} reaches outside its package: ${target}`)
        if (!isTest && target.endsWith('/index.ts')) problems.push(`${here} imports a package's own door: ${target}`)
        if (!typeOnly) edges.push(to)
        checkInside(name, here, relative(base, file), relative(base, to))
        continue
      }
      const owner = packageOf[target] ?? packageOf[target.split('/').slice(0, 2).join('/')]
      if (owner === undefined) {
        if (isTest) continue
        if (name === 'stats' || (name === 'reward' && !relative(base, file).startsWith('node/')))
          problems.push(`${here} must stay pure but imports ${target}`)
        if (name === 'protocol' && target !== 'zod') problems.push(`${here}: protocol imports zod alone, not ${target}`)
        if (name === 'sdk' && !typeOnly) problems.push(`${here}: the SDK has no run-time dependency, not ${target}`)
        continue
      }
      if (owner !== name && !mayImport[name].includes(owner)) problems.push(`${here}: ${name} may not import ${owner}`)
      if (name === 'sdk' && owner === 'protocol' && !typeOnly && !isTest) problems.push(`${here}: the SDK takes protocol as types only`)
    }
    if (!isTest) graph.set(file, edges)
    const clockFree = pure.includes(name) && !isTest && !relative(base, file).startsWith('node/')
    if (
      clockFree &&
      /\bMath\.random\b|\bDate\.now\b|\bnew Date\b|\bperformance\.now\b|\bprocess\.|\bdocument\.|\bwindow\./.test(
        text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
      )
    )
      problems.push(`${here} must stay pure: no clock, no Math.random, no process, no DOM`)
  }
}

/** Layers inside the server and the web app. */
function checkInside(name, here, from, to) {
  const [fromTop] = from.split('/')
  const [toTop] = to.split('/')
  if (name === 'web') {
    if (fromTop === 'ui' && (toTop === 'features' || toTop === 'pages')) problems.push(`${here}: ui knows nothing of the domain`)
    if (fromTop === 'features' && toTop === 'pages') problems.push(`${here}: a feature may not import a page`)
    if (fromTop === 'features' && toTop === 'features' && from.split('/')[1] !== to.split('/')[1])
      problems.push(`${here}: a feature never imports another feature`)
  }
  if (name === 'server' && !from.endsWith('.test.ts')) {
    const layer = from.split('/').at(-1)
    const target = to.split('/').at(-1)
    if (layer === 'store.ts' && /^(service|routes)\.ts$/.test(target)) problems.push(`${here}: a store imports neither service nor routes`)
    if (layer === 'service.ts' && target === 'routes.ts') problems.push(`${here}: a service never imports routes`)
    if (layer === 'routes.ts' && target === 'store.ts') problems.push(`${here}: routes reach the store through the service`)
    if (fromTop !== toTop && target === 'store.ts') problems.push(`${here}: features meet service to service, not in another's store`)
  }
}

/** Import cycles, by depth-first search over the value imports. */
const state = new Map()
function visit(file, path) {
  if (state.get(file) === 'done' || !graph.has(file)) return
  if (state.get(file) === 'open') {
    problems.push(`import cycle: ${[...path.slice(path.indexOf(file)), file].map((f) => relative(root, f)).join(' → ')}`)
    return
  }
  state.set(file, 'open')
  for (const next of graph.get(file)) visit(next, [...path, file])
  state.set(file, 'done')
}
for (const file of graph.keys()) visit(file, [])

if (problems.length > 0) {
  console.error(`Architecture: ${problems.length} problem${problems.length === 1 ? '' : 's'}\n  ${[...new Set(problems)].join('\n  ')}`)
  process.exit(1)
}
console.log(`Architecture: ${graph.size} files keep to the import rules`)
