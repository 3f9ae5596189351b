// The inner loops of scoring, in AssemblyScript. `src/model/javascript-sums.ts` adds in the same order, and gets the same bits.
// Build with `node packages/reward/kernel/build.mjs`.

/** Lanes of a row that are summed together, in four registers. */
const LANES: u32 = 8

/** The sums, lane by lane, of the rows (float32) of so many buckets. */
export function sumRows(rowOf: usize, rows: usize, buckets: usize, count: u32, lanes: u32, sums: usize): void {
  const end = buckets + ((<usize>count) << 2)
  for (let lane: u32 = 0; lane < lanes; lane += LANES) {
    const from = rows + ((<usize>lane) << 2)
    let ab = f64x2.splat(0)
    let cd = f64x2.splat(0)
    let ef = f64x2.splat(0)
    let gh = f64x2.splat(0)
    for (let k = buckets; k < end; k += 4) {
      const row = from + ((<usize>load<u32>(rowOf + ((<usize>load<u32>(k)) << 2))) << 2)
      ab = f64x2.add(ab, f64x2.promote_low_f32x4(v128.load64_zero(row)))
      cd = f64x2.add(cd, f64x2.promote_low_f32x4(v128.load64_zero(row, 8)))
      ef = f64x2.add(ef, f64x2.promote_low_f32x4(v128.load64_zero(row, 16)))
      gh = f64x2.add(gh, f64x2.promote_low_f32x4(v128.load64_zero(row, 24)))
    }
    putSums(sums + ((<usize>lane) << 3), ab, cd, ef, gh)
  }
}

/** Standardises, clips and shrinks values in place. Two at a time: behind an odd number stands one more that does not matter. */
export function standardise(values: usize, mean: usize, deviation: usize, count: u32, clip: f64, scale: f64): void {
  const most = f64x2.splat(clip)
  const least = f64x2.splat(-clip)
  const factor = f64x2.splat(scale)
  for (let k: usize = 0; k < (<usize>count) << 3; k += 16) {
    const standard = f64x2.div(f64x2.sub(v128.load(values + k), v128.load(mean + k)), v128.load(deviation + k))
    v128.store(values + k, f64x2.mul(factor, f64x2.max(least, f64x2.min(most, standard))))
  }
}

/** Adds rows of dense columns, times their values (float64), to the sums. */
export function addDense(rows: usize, values: usize, count: u32, lanes: u32, sums: usize): void {
  const end = values + ((<usize>count) << 3)
  for (let lane: u32 = 0; lane < lanes; lane += LANES) {
    const at = sums + ((<usize>lane) << 3)
    let row = rows + ((<usize>lane) << 2)
    let ab = v128.load(at)
    let cd = v128.load(at, 16)
    let ef = v128.load(at, 32)
    let gh = v128.load(at, 48)
    for (let k = values; k < end; k += 8) {
      const value = v128.load64_splat(k)
      ab = f64x2.add(ab, f64x2.mul(value, f64x2.promote_low_f32x4(v128.load64_zero(row))))
      cd = f64x2.add(cd, f64x2.mul(value, f64x2.promote_low_f32x4(v128.load64_zero(row, 8))))
      ef = f64x2.add(ef, f64x2.mul(value, f64x2.promote_low_f32x4(v128.load64_zero(row, 16))))
      gh = f64x2.add(gh, f64x2.mul(value, f64x2.promote_low_f32x4(v128.load64_zero(row, 24))))
      row += (<usize>lanes) << 2
    }
    putSums(at, ab, cd, ef, gh)
  }
}

function putSums(at: usize, ab: v128, cd: v128, ef: v128, gh: v128): void {
  v128.store(at, ab)
  v128.store(at, cd, 16)
  v128.store(at, ef, 32)
  v128.store(at, gh, 48)
}
