import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { OnnxFolder } from './onnx-folder.ts'
import { poolTokens, unit } from './pool-tokens.ts'
import { cuttingTokenizer, type Tokenizer } from './tokenize.ts'

/** What the thread is given at its start. */
export interface ThreadInput {
  folder: OnnxFolder
  runtime: string
  tokenizers: string
}

export type ThreadReply = { vectors: Float32Array[]; tokens: number } | { error: string }

/** What is used of ONNX Runtime. */
interface Runtime {
  InferenceSession: { create(path: string): Promise<Session> }
  Tensor: new (type: 'int64', values: BigInt64Array, shape: number[]) => unknown
}
interface Session {
  inputNames: readonly string[]
  outputNames: readonly string[]
  run(feeds: Record<string, unknown>): Promise<Record<string, { data: unknown; dims: readonly number[] }>>
}

/** Tokens that run together, padding included: more need much memory and are no faster. */
const TOKENS_AT_ONCE = 8_192

const { folder, runtime, tokenizers } = workerData as ThreadInput

async function load() {
  const { InferenceSession, Tensor } = (await importWhole(runtime)) as Runtime
  const { Tokenizer } = (await importWhole(tokenizers)) as { Tokenizer: new (...settings: unknown[]) => Tokenizer }
  const [tokenizer, config] = await Promise.all(
    [folder.tokenizer, folder.tokenizerConfig].map(async (file) =>
      file === null ? {} : (JSON.parse(await readFile(file, 'utf8')) as unknown),
    ),
  )
  return {
    session: await InferenceSession.create(folder.model),
    tokenize: cuttingTokenizer(new Tokenizer(tokenizer, config), folder.mostTokens),
    Tensor,
  }
}

async function importWhole(address: string): Promise<unknown> {
  const module = (await import(address)) as { default?: unknown }
  return module.default ?? module
}

let loaded: ReturnType<typeof load> | undefined

async function encode(texts: readonly string[]): Promise<{ vectors: Float32Array[]; tokens: number }> {
  const { session, tokenize, Tensor } = await (loaded ??= load())
  const ids = texts.map(tokenize)
  const order = Array.from(ids.keys()).sort((a, b) => ids[a]!.length - ids[b]!.length || a - b)
  const vectors: Float32Array[] = []
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (!folder.isDynamic && to < order.length && (to + 1 - from) * ids[order[to]!]!.length <= TOKENS_AT_ONCE) to += 1
    const places = order.slice(from, to)
    const found = await run(
      session,
      Tensor,
      places.map((place) => ids[place]!),
    )
    places.forEach((place, i) => (vectors[place] = found[i]!))
    from = to
  }
  return { vectors, tokens: ids.reduce((sum, { length }) => sum + length, 0) }
}

/** Runs texts together, the shorter ones filled up to the longest. */
async function run(session: Session, Tensor: Runtime['Tensor'], batch: readonly number[][]): Promise<Float32Array[]> {
  const { inputNames, outputNames } = session
  const lengths = batch.map(({ length }) => length)
  const longest = Math.max(1, ...lengths)
  const tensor = (value: (token: number | undefined) => number) => {
    const values = BigInt64Array.from({ length: batch.length * longest }, (_, i) =>
      BigInt(value(batch[Math.floor(i / longest)]![i % longest])),
    )
    return new Tensor('int64', values, [batch.length, longest])
  }
  const inputs: Record<string, () => unknown> = {
    input_ids: () => tensor((token) => token ?? folder.padding),
    attention_mask: () => tensor((token) => (token === undefined ? 0 : 1)),
    token_type_ids: () => tensor(() => 0),
  }
  const unknown = inputNames.find((name) => !(name in inputs))
  if (unknown !== undefined)
    throw new Error(`it wants the input ${unknown}, which only input_ids, attention_mask and token_type_ids are known`)
  const feeds = Object.fromEntries(inputNames.map((name) => [name, inputs[name]!()]))
  const outputs = await session.run(feeds)
  const name =
    ['last_hidden_state', 'token_embeddings', 'sentence_embedding'].find((known) => outputNames.includes(known)) ?? outputNames[0]!
  const { data, dims } = outputs[name]!
  if (!(data instanceof Float32Array)) throw new Error(`its output ${name} is not made of float32 numbers`)
  const width = dims.at(-1)!
  if (dims.length === 3) return poolTokens(data, lengths, width, folder.pooling)
  if (dims.length !== 2) throw new Error(`its output ${name} has ${dims.length} dimensions, not texts, tokens and numbers`)
  return lengths.map((_, i) => unit(data.subarray(i * width, (i + 1) * width)))
}

const port = parentPort
port?.on('message', (texts: string[]) => {
  encode(texts).then(
    (reply) => port.postMessage(reply satisfies ThreadReply),
    (error: unknown) => port.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies ThreadReply),
  )
})
