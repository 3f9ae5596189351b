import { readPairs, selectForReview } from '@plaudit/reward'
import { seededRandom } from '@plaudit/stats'
import { hit } from '../packages/reward/src/evaluation/calibration.ts'
import { memberScorer } from '../packages/reward/src/model/scorer.ts'
import { runJob } from '../packages/reward/src/training/job.ts'
import { prepareTraining } from '../packages/reward/src/training/prepare.ts'

/**
 * Whether pairs that an ensemble disagrees on teach faster than pairs drawn blindly: accuracy on held-out prompts after every step, both rules
 * from the same start, several seeds. `node --conditions=source bench/reward-active.ts FILE`, with pairs as for `plaudit reward train`.
 */
const [file = ''] = process.argv.slice(2)
const SEEDS = [1, 2, 3]
const START = 100
const STEPS = [100, 200, 400, 800]
const MEMBERS = 5
/** Strong enough for a few hundred pairs; chosen once, the same for both rules. */
const choice = { penalty: 10, temperature: 1, lengthBoost: 0, tried: [] }

const { pairs } = await readPairs(file)
const results: { rule: string; seed: number; trainedOn: number; accuracy: number; hits: Float64Array }[] = []
for (const seed of SEEDS) {
  const { set, decided, dealt } = prepareTraining(pairs, {
    folds: 3,
    seed,
    members: MEMBERS,
    ties: false,
    judgments: [],
    characters: false,
  })
  const rows = Int32Array.from(decided.keys())
  const held = rows.filter((row) => dealt[row] === 0)
  const pool = rows.filter((row) => dealt[row] !== 0)
  const random = seededRandom(seed)
  const order = [...pool].map((row) => ({ row, place: random.next() })).toSorted((a, b) => a.place - b.place)
  const shuffled = order.map(({ row }) => row)
  for (const rule of ['blind', 'disagreement'] as const) {
    let inside = Int32Array.from(shuffled.slice(0, START))
    for (;;) {
      const result = runJob(set, { task: 'judge', inside, held, choice, seed, members: MEMBERS })
      const hits = result.margin.map(hit)
      const accuracy = hits.reduce((sum, one) => sum + one, 0) / hits.length
      results.push({ rule, seed, trainedOn: inside.length, accuracy, hits })
      console.log(`seed ${seed} ${rule.padEnd(12)} ${String(inside.length).padStart(5)} pairs  ${(100 * accuracy).toFixed(1)} %`)
      const next = STEPS.find((step) => step > inside.length)
      if (next === undefined) break
      const known = new Set(inside)
      const rest = shuffled.filter((row) => !known.has(row))
      const score = memberScorer(result.model)
      const values = rest.map((row) => {
        const { prompt, chosen, rejected } = decided[row]!
        const first = Float64Array.from(score(prompt, chosen))
        const second = score(prompt, rejected)
        const margins = [...first.keys()].slice(1).map((member) => first[member]! - second[member]!)
        const mean = margins.reduce((sum, margin) => sum + margin, 0) / margins.length
        return Math.sqrt(margins.reduce((sum, margin) => sum + (margin - mean) ** 2, 0))
      })
      const limit = Math.min(next - inside.length, rest.length)
      const chosen = rule === 'blind' ? rest.slice(0, limit) : selectForReview(values, { limit, seed }).map(({ index }) => rest[index]!)
      inside = Int32Array.from([...inside, ...chosen])
    }
  }
}

console.log('\npairs  blind   disagreement  difference')
for (const trainedOn of STEPS) {
  const of = (rule: string) => results.filter((one) => one.rule === rule && one.trainedOn === trainedOn)
  const [blind, aimed] = [of('blind'), of('disagreement')]
  const mean = (list: typeof blind) => list.reduce((sum, { accuracy }) => sum + accuracy, 0) / list.length
  const differences = aimed.flatMap(({ hits }, i) => [...hits].map((one, k) => one - blind[i]!.hits[k]!))
  const average = differences.reduce((sum, one) => sum + one, 0) / differences.length
  const se = Math.sqrt(differences.reduce((sum, one) => sum + (one - average) ** 2, 0)) / differences.length
  const row = [
    String(trainedOn).padStart(5),
    (100 * mean(blind)).toFixed(1),
    (100 * mean(aimed)).toFixed(1),
    (100 * average).toFixed(1),
    (196 * se).toFixed(1),
  ]
  console.log(`${row[0]}  ${row[1]} %  ${row[2]} %        ${row[3]} ± ${row[4]} points`)
}
