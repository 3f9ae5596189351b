// Writes pairs as JSON lines, in a process of its own, so that their making takes nothing from the one that is measured.
//   node --conditions=source bench/reward-pairs-file.ts FOLDER ROWS FILE
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { somePairs } from './reward-prepare.ts'

const [folder, rows, path] = process.argv.slice(2)
const file = createWriteStream(path!)
for (const { prompt, chosen, rejected } of await somePairs(folder!, Number(rows)))
  if (!file.write(`${JSON.stringify({ prompt, chosen, rejected })}\n`)) await once(file, 'drain')
file.end()
