import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { RewardError } from '../error.ts'

/** How the vectors of a text's tokens become one: their mean, or that of the first token. */
export type Pooling = 'mean' | 'cls'

/** An encoder in a folder, as Hugging Face lays it out. */
export interface OnnxFolder {
  model: string
  tokenizer: string
  /** Absent in some folders; an empty object stands for it. */
  tokenizerConfig: string | null
  pooling: Pooling
  /** Longer texts are cut to so many tokens, marks included. */
  mostTokens: number
  padding: number
  /** Scales of numbers are measured while it runs, over all texts that run together: then each must run alone. */
  isDynamic: boolean
  /** Says what it is made of, wherever it lies. */
  hash: string
}

/** Encoders of this form number positions from the padding token's number on. */
const SHIFTED_POSITIONS = /roberta|mpnet|bge-m3/
const USUAL_TOKENS = 512

/**
 * Reads what a folder holds: `model.onnx` (or `onnx/model.onnx`) and `tokenizer.json`; where they are there, `config.json`, `tokenizer_config.json`,
 * `sentence_bert_config.json` for the most tokens, and `1_Pooling/config.json`, without which the mean of tokens is taken.
 *
 * @throws RewardError `embedding` for what is missing or is read otherwise.
 */
export async function readOnnxFolder(folder: string): Promise<OnnxFolder> {
  const model = (await existing(join(folder, 'model.onnx'))) ?? (await existing(join(folder, 'onnx', 'model.onnx')))
  const tokenizer = await existing(join(folder, 'tokenizer.json'))
  if (model === null || tokenizer === null)
    throw new RewardError(
      'embedding',
      `The folder ${folder} is no encoder: ${model === null ? 'model.onnx' : 'tokenizer.json'} is missing. Export one with \`optimum-cli export onnx\`, or download one that has both.`,
    )
  const tokenizerConfig = await existing(join(folder, 'tokenizer_config.json'))
  const [config, pooled, sentences, texts, tokens] = await Promise.all(
    ['config.json', join('1_Pooling', 'config.json'), 'sentence_bert_config.json', 'tokenizer_config.json', 'tokenizer.json'].map((name) =>
      settings(join(folder, name)),
    ),
  )
  const pooling = poolingOf(pooled!, folder)
  const mostTokens = mostTokensOf(config!, sentences!, texts!, tokens!)
  const { hash, isDynamic } = await fingerprintOf(model, tokenizer, [pooling, mostTokens])
  const padding = wholeIn(config!, 'pad_token_id') ?? wholeIn(inside(tokens!, 'padding'), 'pad_id') ?? 0
  return { model, tokenizer, tokenizerConfig, pooling, mostTokens, padding, isDynamic, hash }
}

function poolingOf(config: Settings, folder: string): Pooling {
  const wanted = Object.entries(config).flatMap(([name, value]) => (name.startsWith('pooling_mode_') && value === true ? [name] : []))
  if (wanted.length === 0 || (wanted.length === 1 && wanted[0] === 'pooling_mode_mean_tokens')) return 'mean'
  if (wanted.length === 1 && wanted[0] === 'pooling_mode_cls_token') return 'cls'
  throw new RewardError(
    'embedding',
    `The encoder in ${folder} pools tokens by ${wanted.join(' and ')}: only the mean and the first token are known.`,
  )
}

function mostTokensOf(config: Settings, sentences: Settings, texts: Settings, tokens: Settings): number {
  const shift = SHIFTED_POSITIONS.test(String(config['model_type'])) ? 2 : 0
  const places = wholeIn(config, 'max_position_embeddings')
  const room = places === null ? Infinity : places - shift
  const wanted =
    wholeIn(sentences, 'max_seq_length') ?? wholeIn(texts, 'model_max_length') ?? wholeIn(inside(tokens, 'truncation'), 'max_length')
  return Math.min(wanted ?? (room === Infinity ? USUAL_TOKENS : room), room)
}

/** A hash over every file that the vectors hang on, weights beside the model among them. */
async function fingerprintOf(
  model: string,
  tokenizer: string,
  choices: readonly unknown[],
): Promise<Pick<OnnxFolder, 'hash' | 'isDynamic'>> {
  const hash = createHash('sha256').update(JSON.stringify(choices))
  const beside = (await readdir(dirname(model))).filter(
    (name) => name.startsWith(`${basename(model)}_`) || name.startsWith(`${basename(model)}.`),
  )
  let isDynamic = false
  for (const file of [tokenizer, model, ...beside.toSorted().map((name) => join(dirname(model), name))]) {
    let last: Buffer = Buffer.alloc(0)
    for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 }) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      if (file !== model || isDynamic) continue
      isDynamic = Buffer.concat([last, chunk]).includes('DynamicQuantizeLinear')
      last = chunk.subarray(-32)
    }
  }
  return { hash: hash.digest('hex').slice(0, 16), isDynamic }
}

type Settings = Record<string, unknown>

async function settings(file: string): Promise<Settings> {
  if ((await existing(file)) === null) return {}
  try {
    const read: unknown = JSON.parse(await readFile(file, 'utf8'))
    return typeof read === 'object' && read !== null ? (read as Settings) : {}
  } catch {
    throw new RewardError('embedding', `${file} is not JSON.`)
  }
}

function inside(of: Settings, name: string): Settings {
  const value = of[name]
  return typeof value === 'object' && value !== null ? (value as Settings) : {}
}

/** A whole number that stands for a length or a token; others stand for “none”. */
function wholeIn(of: Settings, name: string): number | null {
  const value = of[name]
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 1_000_000 ? (value as number) : null
}

async function existing(file: string): Promise<string | null> {
  return (await stat(file).catch(() => null))?.isFile() === true ? file : null
}
