// `npm run bench`: measures a real server on this machine and prints one table. See README.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Figure, measureFeedback, measureIngest, measureReads, seed } from './parts.ts'
import { startBenchServer } from './server.ts'

const { values: flags } = parseArgs({
  options: {
    /** Parts to run: start, ingest, feedback, read. */
    only: { type: 'string', default: 'start,ingest,feedback,read' },
    spans: { type: 'string', default: '1000000' },
    days: { type: 'string', default: '30' },
    'ingest-spans': { type: 'string', default: '30000' },
    batch: { type: 'string', default: '500' },
    'feedback-seconds': { type: 'string', default: '45' },
    times: { type: 'string', default: '40' },
    /** An existing data directory of an earlier run: the read part measures it and sends nothing. */
    data: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})
const parts = new Set(flags.only.split(','))
const dataDir = flags.data ?? mkdtempSync(join(tmpdir(), 'plaudit-bench-'))
const figures: Figure[] = []
const say = (text: string) => console.error(text)

let server = await startBenchServer(dataDir)
if (parts.has('start')) {
  say('start …')
  if (flags.data === undefined) figures.push({ part: 'start', name: 'cold: a new data directory', value: server.startMs, unit: 'ms' })
  await server.stop()
  server = await startBenchServer(dataDir)
  figures.push({ part: 'start', name: 'warm', value: server.startMs, unit: 'ms', target: '< 3000' })
  figures.push(...memory('after the start'))
}
if (parts.has('ingest')) {
  say('ingest …')
  figures.push(...(await measureIngest(server.url, Number(flags['ingest-spans']), Number(flags.batch))))
  figures.push(...memory('after ingest'))
}
if (parts.has('feedback')) {
  say('feedback …')
  await settle()
  figures.push(...(await measureFeedback(server.url, 200, Number(flags['feedback-seconds']))))
}
if (parts.has('read')) {
  if (flags.data === undefined) {
    say(`seeding ${flags.spans} spans …`)
    await seed(server.url, Number(flags.spans), Number(flags.days))
    await settle()
  }
  say('read …')
  figures.push(...(await measureReads(server.url, Number(flags.times))))
  figures.push(...memory('after reading'))
}
await server.stop()
if (flags.data === undefined && !flags.keep) rmSync(dataDir, { recursive: true, force: true })
else say(`the data is in ${dataDir}`)

const machine = {
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: process.platform,
}
const result = { time: new Date().toISOString(), machine, flags: { ...flags, data: undefined }, figures }
writeFileSync(join(import.meta.dirname, 'result.json'), `${JSON.stringify(result, null, 2)}\n`)
console.log(table(figures))

/** The engine merges what was just written; an idle machine has done so. */
function settle(): Promise<void> {
  return sleep(15_000)
}

function memory(when: string): Figure[] {
  return Object.entries(server.memoryMiB()).flatMap(([process, value]) =>
    value === null ? [] : [{ part: 'memory', name: `${process} ${when}`, value, unit: 'MiB' }],
  )
}

/** The figures as a Markdown table. */
function table(rows: readonly Figure[]): string {
  const number = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1))
  const lines = rows.map(({ part, name, value, unit, target }) => `| ${part} | ${name} | ${number(value)} ${unit} | ${target ?? ''} |`)
  return ['| part | what | measured | goal |', '|---|---|---:|---|', ...lines].join('\n')
}
