import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { loadRewardModel, writeRewardModel } from '../model/model-file.ts'
import { trainRewardModel } from '../training/train.ts'
import { openEmbedder } from './embedder.ts'
import { onnxEncoder } from './onnx-encoder.ts'
import { readOnnxFolder } from './onnx-folder.ts'
import { optionalPackages } from './optional-package.ts'
import { poolTokens } from './pool-tokens.ts'
import { cuttingTokenizer, type Tokenizer } from './tokenize.ts'

/** Made, with what Python's ONNX Runtime and tokenizers say, by `reference/encoder.py`. */
const folder = fileURLToPath(new URL('../../reference/encoder', import.meta.url))
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
  text: string
  ids: number[]
  mean: number[]
  cls: number[]
}[]
const texts = expected.map(({ text }) => text)
const root = mkdtempSync(join(tmpdir(), 'plaudit-onnx-'))
afterAll(() => rmSync(root, { recursive: true }))

/** A copy of the folder with other settings. */
let copies = 0
function copyWith(settings: Record<string, unknown>): string {
  const copy = join(root, String((copies += 1)))
  cpSync(folder, copy, { recursive: true })
  for (const [name, value] of Object.entries(settings)) {
    if (value === null) rmSync(join(copy, name))
    else writeFileSync(join(copy, name), JSON.stringify(value))
  }
  return copy
}

describe('a folder with an encoder', () => {
  it('is read as Python reads it: tokens of every script, cut between their marks', async () => {
    const [address] = optionalPackages(['@huggingface/tokenizers'])
    const { Tokenizer } = ((await import(address)) as { default: { Tokenizer: new (...settings: unknown[]) => Tokenizer } }).default
    const { mostTokens, tokenizer } = await readOnnxFolder(folder)
    const tokenize = cuttingTokenizer(new Tokenizer(JSON.parse(readFileSync(tokenizer, 'utf8')), {}), mostTokens)
    expect(mostTokens).toBe(48)
    expect(expected.map(({ text }) => tokenize(text))).toEqual(expected.map(({ ids }) => ids))
    expect(expected.filter(({ ids }) => ids.length === 48)).toHaveLength(3)
  })

  it('pools the tokens that are no padding, to length 1', () => {
    const hidden = Float32Array.from([3, 0, 0, 4, 9, 9, 5, 0, 1, 1, 1, 1])
    expect(poolTokens(hidden, [2, 1], 2, 'mean').map((vector) => [...vector])).toEqual([
      [Math.fround(0.6), Math.fround(0.8)],
      [1, 0],
    ])
    expect(poolTokens(hidden, [2, 3], 2, 'cls').map((vector) => [...vector])).toEqual([
      [1, 0],
      [1, 0],
    ])
  })

  it('is named by its content, and says what it lacks', async () => {
    const { hash } = await readOnnxFolder(folder)
    const same = copyWith({})
    expect(await readOnnxFolder(same)).toMatchObject({ hash, pooling: 'mean', padding: 0, isDynamic: false })
    expect((await readOnnxFolder(copyWith({ '1_Pooling/config.json': { pooling_mode_cls_token: true } }))).hash).not.toBe(hash)
    const roberta = copyWith({ 'config.json': { model_type: 'xlm-roberta', max_position_embeddings: 42, pad_token_id: 1 } })
    expect(await readOnnxFolder(roberta)).toMatchObject({ mostTokens: 40, padding: 1 })
    // The operator's name stands across two pieces that are read.
    const quantized = copyWith({})
    writeFileSync(join(quantized, 'model.onnx'), `${'-'.repeat(1_048_570)}DynamicQuantizeLinear`)
    expect(await readOnnxFolder(quantized)).toMatchObject({ isDynamic: true })
    await expect(readOnnxFolder(join(folder, '1_Pooling'))).rejects.toThrow('is no encoder: model.onnx is missing')
    await expect(readOnnxFolder(copyWith({ 'tokenizer.json': null }))).rejects.toThrow('tokenizer.json is missing')
    await expect(readOnnxFolder(copyWith({ '1_Pooling/config.json': { pooling_mode_lasttoken: true } }))).rejects.toThrow(
      'only the mean and the first token',
    )
    const broken = copyWith({})
    writeFileSync(join(broken, 'config.json'), '{')
    await expect(readOnnxFolder(broken)).rejects.toThrow('config.json is not JSON')
  })

  it('says which command installs what is missing', () => {
    expect(() => optionalPackages(['@huggingface/tokenizers', 'plaudit-absent-package'], root)).toThrow(
      'needs plaudit-absent-package, which Plaudit does not install by itself: run `npm install --no-save plaudit-absent-package`',
    )
  })
})

const packagesFrom = process.env['ONNX_PACKAGES'] ?? process.cwd()
const isInstalled = (() => {
  try {
    optionalPackages(['onnxruntime-node'], packagesFrom)
    return true
  } catch {
    return false
  }
})()
if (!isInstalled)
  console.warn(
    'SKIPPED: encoders are not run, for onnxruntime-node (300 MB) is not installed. `npm install --no-save onnxruntime-node` in some folder, and name it in ONNX_PACKAGES.',
  )

describe.skipIf(!isInstalled)('an encoder that runs', () => {
  const near = (vector: ArrayLike<number>, wanted: readonly number[]) =>
    Math.max(...wanted.map((value, i) => Math.abs(value - vector[i]!)), Math.abs(vector.length - wanted.length))

  it.each(['mean', 'cls'] as const)('gives the vectors of Python by the %s of tokens, together and one by one', async (pooling) => {
    const path = pooling === 'mean' ? folder : copyWith({ '1_Pooling/config.json': { pooling_mode_cls_token: true } })
    const encoder = await onnxEncoder(path, { packagesFrom })
    const { vectorOf, dimension, spent } = await (await openEmbedder(encoder, join(root, pooling))).embed(texts)
    expect(dimension).toBe(16)
    expect(spent).toMatchObject({ texts: texts.length, tokens: expected.reduce((sum, { ids }) => sum + ids.length, 0), costUsd: null })
    for (const one of expected) expect(near(vectorOf(one.text), one[pooling]), one.text).toBeLessThan(3e-6)
    for (const one of expected.slice(0, 4)) expect(near((await encoder.encode([one.text])).vectors[0]!, one[pooling])).toBeLessThan(3e-6)
  })

  it('keeps vectors by content, trains, and is refused beside another encoder', async () => {
    const cache = join(root, 'kept')
    const pairs = Array.from({ length: 40 }, (_, i) => ({ prompt: `p${i}`, chosen: `密码 ${i}`, rejected: `שלום ${i}` }))
    const outputs = pairs.flatMap(({ chosen, rejected }) => [chosen, rejected])
    const embedding = await (await openEmbedder(await onnxEncoder(folder, { packagesFrom }), cache)).embed(outputs)
    const again = await (await openEmbedder(await onnxEncoder(copyWith({}), { packagesFrom }), cache)).embed(outputs)
    expect([embedding.spent.texts, again.spent.texts]).toEqual([80, 0])
    expect(again.table.values).toEqual(embedding.table.values)
    const { model, card } = trainRewardModel(pairs, { embedding, folds: 3, members: 2 })
    expect(card.accuracy.estimate).toBe(1)
    expect(model.features.embedding?.model).toMatch(/^onnx:[0-9a-f]{16}$/)
    const other = await (
      await openEmbedder(await onnxEncoder(copyWith({ 'sentence_bert_config.json': { max_seq_length: 8 } }), { packagesFrom }), cache)
    ).embed(outputs)
    expect(() => loadRewardModel(writeRewardModel(model), other)).toThrow('not with those of onnx:')
  })

  it('says what is wrong with a model that does not run', async () => {
    const broken = copyWith({})
    writeFileSync(join(broken, 'model.onnx'), 'no model')
    const encoder = await onnxEncoder(broken, { packagesFrom })
    await expect(encoder.encode(['a'])).rejects.toThrow(/^The encoder in .* failed: /)
  })
})
