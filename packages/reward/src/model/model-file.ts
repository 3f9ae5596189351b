import { RewardError } from '../error.ts'
import type { Embedding } from '../features/embedding.ts'
import { denseWidth, type FeatureOptions, specificationHash } from '../features/specification.ts'
import type { AboutModel, RewardModel } from './reward-model.ts'
import { createScorer, type Scorer } from './scorer.ts'

const magic = 'PLAUDRM1'
const prefix = magic.length + 4

interface Header {
  about: AboutModel
  features?: FeatureOptions
  members: number
  columns: number
  prompts: number
  mean: number[]
  deviation: number[]
  centre: number[]
}

/**
 * A model as bytes: the mark `PLAUDRM1`, the length of a JSON header (uint32), the header, the buckets (int32), the weights (float32), the
 * prompt hashes (uint32), and a CRC-32 of everything before it. All numbers are little-endian.
 */
export function writeRewardModel(model: RewardModel): Uint8Array {
  const header: Header = {
    about: model.about,
    features: model.features,
    members: model.members,
    columns: model.bucketOf.length,
    prompts: model.promptHashes.length,
    mean: [...model.scaling.mean],
    deviation: [...model.scaling.deviation],
    centre: [...model.centre],
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const arrays = [model.bucketOf, model.weights, model.promptHashes].map(
    (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
  )
  const bytes = new Uint8Array(prefix + json.length + arrays.reduce((sum, array) => sum + array.length, 0) + 4)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode(magic))
  view.setUint32(magic.length, json.length, true)
  let at = prefix
  for (const part of [json, ...arrays]) {
    bytes.set(part, at)
    at += part.length
  }
  view.setUint32(at, crc32(bytes.subarray(0, at)), true)
  return bytes
}

/**
 * The model in a file's bytes.
 *
 * @throws RewardError `model-file` for bytes that are no model, are cut short or damaged, or belong to another feature specification.
 */
export function readRewardModel(file: Uint8Array): RewardModel {
  // A Buffer's own slice() would share memory at any offset.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
  const refuse = (sentence: string) => new RewardError('model-file', sentence)
  if (new TextDecoder().decode(bytes.subarray(0, magic.length)) !== magic) throw refuse('This file is no Plaudit reward model.')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const damaged = () => refuse('This reward model file is cut short or damaged: its checksum does not fit.')
  if (bytes.length < prefix + 4) throw damaged()
  const end = bytes.length - 4
  if (view.getUint32(end, true) !== crc32(bytes.subarray(0, end))) throw damaged()
  const headerEnd = prefix + view.getUint32(magic.length, true)
  const {
    about,
    features = { characters: true, embedding: null },
    members,
    columns,
    prompts,
    mean,
    deviation,
    centre,
  } = JSON.parse(new TextDecoder().decode(bytes.subarray(prefix, headerEnd))) as Header
  const known = specificationHash(features)
  if (about.specification !== known)
    throw refuse(
      `This reward model was trained with feature specification ${about.specification}, but this version of Plaudit has ${known}: train it again.`,
    )
  let at = headerEnd
  const take = (length: number) => bytes.slice(at, (at += 4 * length)).buffer
  return {
    about,
    members,
    features,
    bucketOf: new Int32Array(take(columns)),
    weights: new Float32Array(take((columns + denseWidth(features)) * (1 + members))),
    scaling: { mean: Float64Array.from(mean), deviation: Float64Array.from(deviation) },
    centre: Float64Array.from(centre),
    promptHashes: new Uint32Array(take(prompts)),
  }
}

/** A scorer of the model in a file's bytes. @throws RewardError `model-file` as `readRewardModel`, `embedding` as `createScorer`. */
export function loadRewardModel(bytes: Uint8Array, embedding?: Embedding): Scorer {
  return createScorer(readRewardModel(bytes), embedding)
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let c = index
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (const byte of bytes) c = crcTable[(c ^ byte) & 255]! ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}
