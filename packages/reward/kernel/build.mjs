// Compiles the kernels with AssemblyScript and writes their bytes, with the hash of what they were made from, where they are used.
// The compiler is fetched when it is needed, because only a change of a kernel needs it.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const compiler = 'assemblyscript@0.28.20'
const shared = ['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536', '--enable', 'threads,simd']
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--memoryBase', '1024', ...shared]

/** Each kernel, and the folder that it is used in. */
const kernels = { descent: 'solver', 'text-reader': 'features', 'row-sums': 'model' }

for (const [name, user] of Object.entries(kernels)) {
  const source = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  const target = fileURLToPath(new URL(`../src/${user}/${name}.gen.ts`, import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'plaudit-kernel-'))
  const wasm = join(folder, `${name}.wasm`)
  try {
    execFileSync('npx', ['--yes', `--package=${compiler}`, 'asc', source, '-o', wasm, ...options], { stdio: 'inherit', cwd: folder })
    const bytes = readFileSync(wasm)
    const sha256 = createHash('sha256').update(readFileSync(source)).digest('hex')
    writeFileSync(
      target,
      `// Made by kernel/build.mjs from kernel/${name}.ts with ${compiler}.\nexport const sourceSha256 = '${sha256}'\nexport const kernelBase64 =\n  '${bytes.toString('base64')}'\n`,
    )
    console.log(`${target}: ${bytes.length} bytes`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
