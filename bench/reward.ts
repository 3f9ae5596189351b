// What reward models reach and what they cost. Each part is a run of its own, so that its memory is its own:
//   node --conditions=source bench/reward.ts quality|features|solver|workers|memory FOLDER
// FOLDER holds hh-harmless-test/test.jsonl.gz and, for `quality`, qa-feedback/dev_feedback.json and llmfao-crowd-pairs/.
// `solver` stands beside LIBLINEAR where PEER_PYTHON names a Python that has it. Results are merged into bench/reward.json.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createScorer, type Pair, readPairs, trainInParallel, type TrainProgress } from '@plaudit/reward'
import { TRAITS } from '../packages/reward/src/features/dense.ts'
import { featurizer } from '../packages/reward/src/features/featurizer.ts'
import { fitScaling } from '../packages/reward/src/features/standardise.ts'
import type { DesignMatrix } from '../packages/reward/src/objective/design-matrix.ts'
import { solveLogistic } from '../packages/reward/src/solver/solve-logistic.ts'
import { outputsOf, scaledMatrix } from '../packages/reward/src/training/observations.ts'
import { arenaOf, shareSet } from '../packages/reward/src/training/shared-set.ts'
import { crowdPairs } from './reward-crowd.ts'
import { prepareSome } from './reward-prepare.ts'
import { measureWorkers } from './reward-workers.ts'

const [part = 'quality', folder = '../shared/data', size] = process.argv.slice(2)
const PENALTY = 1.25
const file = fileURLToPath(new URL('reward.json', import.meta.url))
const figuresBefore = () => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {})
const harmless = async () => (await readPairs(join(folder, 'hh-harmless-test/test.jsonl.gz'))).pairs
const cpuS = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
const round = (value: number, digits = 4) => Number(value.toFixed(digits))

/** CPU seconds of some work when it takes the least of them. */
function leastCpuS(runs: number, work: () => unknown): number {
  let least = Infinity
  for (let run = 0; run < runs; run += 1) {
    const before = cpuS()
    work()
    least = Math.min(least, cpuS() - before)
  }
  return least
}

/** CPU and wall seconds of some work. */
async function timed<T>(work: () => T | Promise<T>): Promise<{ result: T; cpu: number; wall: number }> {
  const [cpu, wall] = [cpuS(), performance.now()]
  const result = await work()
  return { result, cpu: round(cpuS() - cpu, 3), wall: round((performance.now() - wall) / 1000, 3) }
}

const parts: Record<string, () => Promise<unknown>> = {
  async quality() {
    const sets: Record<string, Pair[]> = {
      'hh-harmless-test': await harmless(),
      'qa-feedback': (await readPairs(join(folder, 'qa-feedback/dev_feedback.json'))).pairs,
      'llmfao, unseen prompts': crowdPairs(join(folder, 'llmfao-crowd-pairs')),
    }
    const figures: Record<string, unknown> = {}
    for (const [name, pairs] of Object.entries(sets)) {
      const seeds = []
      for (const seed of [1, 2, 3]) {
        const { result, cpu, wall } = await timed(() => trainInParallel(pairs, { seed, workers: 2 }))
        const { card } = result
        seeds.push({
          seed,
          pairs: card.pairs,
          accuracy: round(card.accuracy.estimate),
          lengthControlled: card.lengthControlled && round(card.lengthControlled.estimate),
          lengthOnly: round(card.lengthOnly.estimate),
          brier: round(card.calibration.brier),
          ece: round(card.calibration.ece),
          trainingCpuS: cpu,
          trainingWallS: wall,
        })
        console.error(name, seeds.at(-1))
      }
      figures[name] = seeds
    }
    return figures
  },

  async features() {
    const pairs = await harmless()
    const outputs = pairs.flatMap(({ prompt, chosen, rejected }) => [
      { input: prompt, output: chosen },
      { input: prompt, output: rejected },
    ])
    const characters =
      outputs.reduce((sum, { output }) => sum + output.length, 0) + pairs.reduce((sum, { prompt }) => sum + prompt.length, 0)
    const figures: Record<string, unknown> = {}
    for (const withCharacters of [true, false]) {
      const featurize = featurizer({ characters: withCharacters })
      const pass = () => outputs.forEach(({ input, output }) => featurize(input, output))
      const best = leastCpuS(40, pass)
      figures[withCharacters ? 'wordsAndCharacters' : 'words'] = {
        mbPerS: round(characters / 1e6 / best, 1),
        textsPerS: Math.round(outputs.length / best),
      }
    }
    for (const withCharacters of [true, false]) {
      const { model } = await trainInParallel(pairs.slice(0, 400), { folds: 2, workers: 1, characters: withCharacters })
      const scorer = createScorer(model)
      const short = outputs.filter(({ output }) => output.length <= 200)
      const meanOf = (lengthOf: (item: (typeof short)[number]) => number) =>
        Math.round(short.reduce((sum, item) => sum + lengthOf(item), 0) / short.length)
      const inputs = {
        question: short.map(({ input, output }) => ({ input: input.slice(input.lastIndexOf('\n\n') + 2), output })),
        conversation: short,
      }
      for (const [what, items] of Object.entries(inputs)) {
        const best = leastCpuS(60, () => scorer.score(items))
        figures[`scoring ${withCharacters ? 'wordsAndCharacters' : 'words'}, the ${what} as input`] = {
          outputsPerS: Math.round(items.length / best),
          meanLength: meanOf(({ output }) => output.length),
          meanInputLength: Math.round(items.reduce((sum, { input }) => sum + input.length, 0) / items.length),
        }
      }
    }
    return figures
  },

  async solver() {
    const figures: Record<string, unknown> = {}
    for (const rows of size === undefined ? [20_000, 200_000] : [Number(size)]) {
      // The words and the dense block lie where the solver works, as in training; the rest is set up for each fit and timed.
      const { set, parts } = shareSet((await prepareSome(folder, rows)).set, 1)
      const arena = arenaOf(set, parts[0]!)!
      const outputs = outputsOf(set.observations, set.groups.keys())
      const matrix = scaledMatrix(set.observations, fitScaling(set.observations.traits, TRAITS.length, outputs), arena)
      const solve = (gap: number) => timed(() => solveLogistic({ matrix, penalty: PENALTY }, { gap, arena }))
      const exact = (await solve(1e-9)).result
      const bound = exact.objective * (1 - exact.gap)
      const ours = []
      for (const gap of [5e-3, 1e-3, 1e-4, 1.5e-7]) {
        const runs = [await solve(gap), await solve(gap)].toSorted((a, b) => a.cpu - b.cpu)
        const { result, cpu, wall } = runs[0]!
        ours.push({ certifiedGap: Number(result.gap.toExponential(2)), epochs: result.epochs, cpuS: cpu, wallS: wall })
      }
      figures[rows] = { rows: matrix.rows, nonzeros: matrix.column.length + matrix.dense.length, ours, liblinear: liblinear(matrix, bound) }
      console.error(JSON.stringify(figures[rows], null, 1))
    }
    return figures
  },

  async workers() {
    // Jobs of a round, and rounds.
    const work: Record<number, [number, number]> = { 2_312: [24, 9], 20_000: [12, 3], 200_000: [6, 2] }
    const figures = { ...(figuresBefore()['workers'] as object | undefined) }
    for (const rows of size === undefined ? Object.keys(work).map(Number) : [Number(size)])
      Object.assign(figures, { [rows]: await measureWorkers(folder, rows, ...(work[rows] ?? [6, 2])) })
    return figures
  },

  async memory() {
    const rows = Number(size ?? 200_000)
    const temporary = mkdtempSync(join(tmpdir(), 'plaudit-bench-'))
    const source = join(temporary, 'pairs.jsonl')
    const write = fileURLToPath(new URL('reward-pairs-file.ts', import.meta.url))
    execFileSync(process.execPath, ['--conditions=source', '--disable-warning=ExperimentalWarning', write, folder, String(rows), source])
    const { pairs } = await readPairs(source)
    rmSync(temporary, { recursive: true })
    // The report card's cross-validation and the model's members in the fewest that there may be: more of them take longer, not more memory.
    const { result, wall, cpu } = await timed(() => trainInParallel(pairs, { folds: 2, members: 2, workers: 2 }, tellProgress()))
    const { card, model } = result
    return {
      ...(figuresBefore()['memory'] as object | undefined),
      [rows]: {
        pairs: card.pairs,
        characters: model.features.characters,
        textMb: Math.round(pairs.reduce((sum, pair) => sum + pair.prompt.length + pair.chosen.length + pair.rejected.length, 0) / 1e6),
        workers: 2,
        folds: 2,
        members: 2,
        wallS: wall,
        cpuS: cpu,
        maxRssGb: round(process.resourceUsage().maxRSS / 1e6, 2),
      },
    }
  },
}

/** Says how far training has come, and what memory it has taken until then. */
function tellProgress() {
  const begin = performance.now()
  return ({ step, steps, activity }: TrainProgress) =>
    console.error(
      `${Math.round((performance.now() - begin) / 1000)} s: ${step} of ${steps}, ${activity}, ${round(process.resourceUsage().maxRSS / 1e6, 2)} GB at most`,
    )
}

/** LIBLINEAR on the same rows; null without it. */
function liblinear(matrix: DesignMatrix, bound: number): unknown {
  const python = process.env['PEER_PYTHON']
  if (python === undefined || !existsSync(python)) return null
  const rows = mkdtempSync(join(tmpdir(), 'plaudit-bench-'))
  try {
    const { runs, start, column, dense } = matrix
    const value = new Float32Array(column.length)
    matrix.value.forEach((v, run) => value.fill(v, start[run], start[run + 1]))
    const files = { start: runs.map((run) => start[run]!), column, value, dense }
    for (const [name, array] of Object.entries(files)) writeFileSync(join(rows, name), array)
    const peer = fileURLToPath(new URL('reward-peer.py', import.meta.url))
    return execFileSync(python, [peer, rows, String(PENALTY)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
      .trim()
      .split('\n')
      .map((line) => {
        const { tolerance, wallS, cpuS: cpu, objective } = JSON.parse(line) as Record<'tolerance' | 'wallS' | 'cpuS' | 'objective', number>
        return { tolerance, gap: Number(((objective - bound) / objective).toExponential(2)), cpuS: round(cpu, 3), wallS: round(wallS, 3) }
      })
  } finally {
    rmSync(rows, { recursive: true })
  }
}

const run = parts[part]
if (run === undefined) throw new Error(`Name a part: ${Object.keys(parts).join(', ')}`)
const figures = await run()
const before = figuresBefore()
const machine = `${cpus()[0]!.model}, ${cpus().length} processors, Node ${process.version}`
writeFileSync(file, `${JSON.stringify({ ...before, machine, [part]: figures }, null, 2)}\n`)
console.log(JSON.stringify(figures, null, 2))
