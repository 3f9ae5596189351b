// The pages of docs/methods: what stands between their marks comes from the docstrings of packages/stats and from coverage.json. Run it after
// changing either; with --check it only says what is out of date, which statistics lack a page, and which links lead nowhere.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './install.mjs'

const folder = join(root, 'docs/methods')
const source = join(root, 'packages/stats/src')
const problems = []

/** Every exported function with its docstring. */
const index = readFileSync(join(source, 'index.ts'), 'utf8')
const exported = new Set(
  [...index.matchAll(/export \{([^}]*)\}/g)].flatMap(([, names]) => names.split(',').map((name) => name.trim())).filter((name) => /^\w+$/.test(name)),
)
const docstrings = new Map()
for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue
  const text = readFileSync(join(source, file), 'utf8')
  for (const [, comment, name] of text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport function (\w+)/g))
    if (exported.has(name)) docstrings.set(name, { file: file.replaceAll('\\', '/'), text: comment.replaceAll(/^ \* ?/gm, '').trim() })
}

/** Statistics are what can mislead. */
const statistics = [...docstrings].filter(([, { text }]) => /^Misleads /m.test(text)).map(([name]) => name)

const coverage = JSON.parse(readFileSync(join(folder, 'coverage.json'), 'utf8'))
const fill = {
  definition: (name) => definition(name),
  coverage: (names) => coverageTable(names === '' ? coverage : coverage.filter(({ statistic }) => names.split(', ').includes(statistic)), names === ''),
}

/** A docstring as markdown: its paragraphs, then parameters, result, errors and the example. */
function definition(name) {
  const known = docstrings.get(name)
  if (known === undefined) {
    problems.push(`there is no exported function ${name} with a docstring`)
    return ''
  }
  const [words, example] = known.text.split(/\n@example\n/)
  const [first, ...rest] = words.split(/\n(?=@|\n)/).map((part) => part.trim()).filter((part) => part !== '')
  const said = [first, ...rest].flatMap((part) => part.split(/\s(?=@param )/)).map((part) => {
    if (part.startsWith('|')) return part
    const text = part.replaceAll(/\n\s*/g, ' ')
    if (text.startsWith('Misleads ')) return `**Misleads** ${text.slice(9)}`
    if (text.startsWith('@param ')) return text.replace(/^@param (\S+) ?/, '- `$1`: ').replace(/,$/, '.')
    if (text.startsWith('@returns ')) return `**Returns** ${text.slice(9)}`
    if (text.startsWith('@throws ')) return `**Throws** ${text.slice(8)}`
    return text.startsWith('Source: ') ? `**Source** ${text.slice(8)}` : text
  })
  const list = said.reduce((text, part) => `${text}${text.split('\n').at(-1).startsWith('- ') && part.startsWith('- ') ? '\n' : '\n\n'}${part}`, '')
  const where = `[packages/stats/src/${known.file}](../../packages/stats/src/${known.file})`
  return `### \`${name}\`${list}${example === undefined ? '' : `\n\n\`\`\`ts\n${example.trim()}\n\`\`\``}\n\n${where}`
}

function coverageTable(rows, withName) {
  const percent = (share) => `${(100 * share).toFixed(1)} %`
  const isHeld = ({ covered, atLeast }) => (atLeast ? covered >= 0.94 : covered >= 0.935 && covered <= 0.965)
  const lines = rows.map((row) => {
    // Where samples were without an interval, the share is of the others.
    if (row.without === 1) return `|${withName ? ` ${row.statistic} |` : ''} ${row.design} | no interval, with a reason | | |`
    const error = 196 * Math.sqrt((row.covered * (1 - row.covered)) / (row.replicates * (1 - row.without)))
    const share = `${percent(row.covered)} ± ${error.toFixed(1)}`
    const none = row.without > 0.01 ? ` (${percent(row.without)} without an interval)` : ''
    const held = `${isHeld(row) ? share : `**${share}**`}${none}`
    const missed = `${percent(row.below)} · ${percent(row.above)}`
    return `|${withName ? ` ${row.statistic} |` : ''} ${row.design} | ${held}${row.atLeast ? ' (≥ 95 % promised)' : ''} | ${missed} | ${row.width.toPrecision(3)} |`
  })
  const head = `|${withName ? ' Statistic |' : ''} Judgments | Intervals that hold the truth | too low · too high | Mean width |`
  return [head, `|${withName ? ' --- |' : ''} --- | --- | --- | --- |`, ...lines].join('\n')
}

const check = process.argv.includes('--check')
const documented = new Set()
for (const file of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
  const path = join(folder, file)
  const before = readFileSync(path, 'utf8')
  const after = before.replaceAll(/<!-- (definition|coverage)(?:: ([^>]*?))? -->\n[\s\S]*?<!-- \/\1 -->/g, (_, kind, names = '') => {
    if (kind === 'definition') documented.add(names)
    return `<!-- ${kind}${names === '' ? '' : `: ${names}`} -->\n\n${fill[kind](names)}\n\n<!-- /${kind} -->`
  })
  if (after !== before) {
    if (check) problems.push(`docs/methods/${file} is out of date: run node scripts/methods.mjs`)
    else writeFileSync(path, after)
  }
  for (const [, target] of after.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g))
    if (!existsSync(resolve(folder, target))) problems.push(`docs/methods/${file} links to ${target}, which is not there`)
}
const readme = readFileSync(join(folder, 'README.md'), 'utf8')
for (const file of readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md'))
  if (!readme.includes(`(${file})`)) problems.push(`docs/methods/README.md does not lead to ${file}`)
for (const name of statistics) if (!documented.has(name)) problems.push(`no page of docs/methods defines ${name}`)

if (problems.length > 0) {
  console.error(`Methods: ${problems.length} problem${problems.length === 1 ? '' : 's'}\n  ${problems.join('\n  ')}`)
  process.exit(1)
}
console.log(`Methods: ${documented.size} functions documented, ${coverage.length} coverages measured`)
