// The inner loops of the solver, in AssemblyScript. `src/solver/javascript-kernel.ts` has the same steps in the same order, and gives the same bits.
// Build with `node packages/reward/kernel/build.mjs`.

// The host's functions (module "descent"), so that both kernels share their last digit.
declare function log(x: f64): f64
declare function exp(x: f64): f64
declare function log1p(x: f64): f64

// Addresses of the arrays: an observation's runs and their entries, its dense block, and per row its observation, scale, offset, bound and dual variables.
let runs: usize, start: usize, value: usize, column: usize, dense: usize, width: usize
let source: usize, scale: usize, offset: usize, bound: usize, lower: usize, upper: usize, norm: usize
let weights: usize, denseWeights: usize

export function bindObservations(runs_: usize, start_: usize, value_: usize, column_: usize, dense_: usize, width_: usize): void {
  runs = runs_
  start = start_
  value = value_
  column = column_
  dense = dense_
  width = width_
}

export function bindRows(source_: usize, scale_: usize, offset_: usize, bound_: usize, lower_: usize, upper_: usize, norm_: usize): void {
  source = source_
  scale = scale_
  offset = offset_
  bound = bound_
  lower = lower_
  upper = upper_
  norm = norm_
}

export function bindWeights(weights_: usize, denseWeights_: usize): void {
  weights = weights_
  denseWeights = denseWeights_
}

/** The weight of the column whose number lies at an address. */
function weightAt(j: usize): f64 {
  return load<f64>(weights + ((<usize>load<i32>(j)) << 3))
}

/** The observation times the weights. */
export function product(x: i32): f64 {
  let words: f64 = 0
  let run = <usize>load<i32>(runs + ((<usize>x) << 2))
  const last = <usize>load<i32>(runs + ((<usize>x) << 2), 4)
  for (; run < last; run++) {
    let j = column + ((<usize>load<i32>(start + (run << 2))) << 2)
    const end = column + ((<usize>load<i32>(start + (run << 2), 4)) << 2)
    let a: f64 = 0,
      b: f64 = 0,
      c: f64 = 0,
      d: f64 = 0
    for (; j + 16 <= end; j += 16) {
      a += weightAt(j)
      b += weightAt(j + 4)
      c += weightAt(j + 8)
      d += weightAt(j + 12)
    }
    for (; j < end; j += 4) a += weightAt(j)
    words += <f64>load<f32>(value + (run << 2)) * (a + b + (c + d))
  }
  let ac = f64x2(0, 0)
  let bd = f64x2(0, 0)
  const block = dense + ((<usize>x * width) << 2)
  for (let j: usize = 0; j < width; j += 4) {
    const v = v128.load(block + (j << 2))
    const w = denseWeights + (j << 3)
    ac = f64x2.add(ac, f64x2.mul(f64x2.promote_low_f32x4(v), v128.load(w)))
    bd = f64x2.add(bd, f64x2.mul(f64x2.promote_low_f32x4(i64x2.shuffle(v, v, 1, 0)), v128.load(w, 16)))
  }
  const sums = f64x2.add(ac, bd)
  return words + (f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1))
}

/** Adds `step` times the observation to the weights. */
function add(x: i32, step: f64): void {
  let run = <usize>load<i32>(runs + ((<usize>x) << 2))
  const last = <usize>load<i32>(runs + ((<usize>x) << 2), 4)
  for (; run < last; run++) {
    let j = column + ((<usize>load<i32>(start + (run << 2))) << 2)
    const end = column + ((<usize>load<i32>(start + (run << 2), 4)) << 2)
    const more = step * <f64>load<f32>(value + (run << 2))
    for (; j < end; j += 4) {
      const w = weights + ((<usize>load<i32>(j)) << 3)
      store<f64>(w, load<f64>(w) + more)
    }
  }
  const block = dense + ((<usize>x * width) << 2)
  const steps = f64x2.splat(step)
  for (let j: usize = 0; j < width; j += 4) {
    const v = v128.load(block + (j << 2))
    const w = denseWeights + (j << 3)
    v128.store(w, f64x2.add(v128.load(w), f64x2.mul(steps, f64x2.promote_low_f32x4(v))))
    v128.store(w, f64x2.add(v128.load(w, 16), f64x2.mul(steps, f64x2.promote_low_f32x4(i64x2.shuffle(v, v, 1, 0)))), 16)
  }
}

/** The weights that belong to the dual variables; all are zero before. */
export function begin(rows: i32): void {
  for (let i = 0; i < rows; i++) {
    const at = (<usize>i) << 3
    if (load<f64>(bound + at) == 0) continue
    add(load<i32>(source + ((<usize>i) << 2)), load<f64>(scale + at) * load<f64>(lower + at))
  }
}

function squared(x: i32): f64 {
  let sum: f64 = 0
  let run = <usize>load<i32>(runs + ((<usize>x) << 2))
  const last = <usize>load<i32>(runs + ((<usize>x) << 2), 4)
  for (; run < last; run++) {
    const v = <f64>load<f32>(value + (run << 2))
    sum += v * v * <f64>(load<i32>(start + (run << 2), 4) - load<i32>(start + (run << 2)))
  }
  const block = dense + ((<usize>x * width) << 2)
  for (let j: usize = 0; j < width; j++) {
    const v = <f64>load<f32>(block + (j << 2))
    sum += v * v
  }
  return sum
}

/** Newton steps of the last pass. */
export let newtonSteps: i32 = 0

/**
 * One pass over all rows in the blocks' order. Returns about how much the dual rose. The first pass also measures each row's length (zero before).
 */
export function sweep(rows: i32, order: usize, blocks: i32, size: i32, tolerance: f64): f64 {
  newtonSteps = 0
  let rise: f64 = 0
  for (let n = 0; n < blocks; n++) {
    const first = load<i32>(order + ((<usize>n) << 2)) * size
    const last = min(first + size, rows)
    for (let i = first; i < last; i++) {
      const at = (<usize>i) << 3
      const high = load<f64>(bound + at)
      if (high == 0) continue
      const x = load<i32>(source + ((<usize>i) << 2))
      const s = load<f64>(scale + at)
      const margin = s * product(x) + load<f64>(offset + at)
      let a = load<f64>(norm + at)
      if (a == 0) {
        a = s * s * squared(x)
        store<f64>(norm + at, a)
      }
      const low = load<f64>(lower + at)
      const up = load<f64>(upper + at)
      // Work on whichever side is the smaller at the solution, where the logarithm is steep.
      const sign: f64 = 0.5 * a * (up - low) + margin < 0 ? -1 : 1
      const old = sign == 1 ? low : up
      let z = old
      if (high - z < 0.5 * high) z *= 0.1
      else if (z == 0) z = 0.01 * high
      let gradient = a * (z - old) + sign * margin + log(z / (high - z))
      rise += (gradient * gradient) / (a + high / (high - z) / z)
      let steps = 0
      while (abs(gradient) >= tolerance && steps < 100) {
        const next = z - gradient / (a + high / (high - z) / z)
        z = next <= 0 ? 0.1 * z : next
        gradient = a * (z - old) + sign * margin + log(z / (high - z))
        steps++
      }
      newtonSteps += steps
      if (z == old) continue
      store<f64>(lower + at, sign == 1 ? z : high - z)
      store<f64>(upper + at, sign == 1 ? high - z : z)
      add(x, s * (sign * (z - old)))
    }
  }
  return 0.5 * rise
}

/** Σ bound·loss at these weights. */
export function loss(rows: i32): f64 {
  let sum: f64 = 0
  for (let i = 0; i < rows; i++) {
    const at = (<usize>i) << 3
    const high = load<f64>(bound + at)
    if (high == 0) continue
    const margin = load<f64>(scale + at) * product(load<i32>(source + ((<usize>i) << 2))) + load<f64>(offset + at)
    sum += high * (margin >= 0 ? log1p(exp(-margin)) : log1p(exp(margin)) - margin)
  }
  return sum
}

/** The dual's value without −½·|w|². */
export function entropy(rows: i32): f64 {
  let sum: f64 = 0
  for (let i = 0; i < rows; i++) {
    const at = (<usize>i) << 3
    const high = load<f64>(bound + at)
    if (high == 0) continue
    const low = load<f64>(lower + at)
    const up = load<f64>(upper + at)
    sum -= (low > 0 ? low * log(low / high) : 0) + (up > 0 ? up * log(up / high) : 0) + low * load<f64>(offset + at)
  }
  return sum
}

/** ½·|w|², the penalty. */
export function half(size: i32): f64 {
  let sum: f64 = 0
  const end = weights + ((<usize>size) << 3)
  for (let w = weights; w < end; w += 8) sum += load<f64>(w) * load<f64>(w)
  return 0.5 * sum
}
