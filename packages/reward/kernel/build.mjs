// Compiles descent.ts with AssemblyScript and writes the bytes, with the hash of what they were made from, where the solver finds them.
// The compiler is fetched when it is needed, because only a change of descent.ts needs it.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const compiler = 'assemblyscript@0.28.20'
const source = fileURLToPath(new URL('descent.ts', import.meta.url))
const target = fileURLToPath(new URL('../src/solver/descent.gen.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'plaudit-kernel-'))
const wasm = join(folder, 'descent.wasm')
const shared = ['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536', '--enable', 'threads,simd']
try {
  execFileSync(
    'npx',
    [
      '--yes',
      `--package=${compiler}`,
      'asc',
      source,
      '-o',
      wasm,
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--memoryBase',
      '1024',
      ...shared,
    ],
    { stdio: 'inherit', cwd: folder },
  )
  const bytes = readFileSync(wasm)
  const sha256 = createHash('sha256').update(readFileSync(source)).digest('hex')
  writeFileSync(
    target,
    `// Made by kernel/build.mjs from kernel/descent.ts with ${compiler}.\nexport const sourceSha256 = '${sha256}'\nexport const kernelBase64 =\n  '${bytes.toString('base64')}'\n`,
  )
  console.log(`${target}: ${bytes.length} bytes`)
} finally {
  rmSync(folder, { recursive: true })
}
