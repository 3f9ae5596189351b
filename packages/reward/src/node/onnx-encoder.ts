import { Worker } from 'node:worker_threads'
import { RewardError } from '../error.ts'
import type { Encoded, Encoder } from './encoder.ts'
import { readOnnxFolder } from './onnx-folder.ts'
import type { ThreadInput, ThreadReply } from './onnx-thread.ts'
import { optionalPackages } from './optional-package.ts'

/** Texts tokenized and run in one message to the thread. */
const BATCH = 64
/** No tokenizer needs more UTF-16 units for a token on average: what is beyond is cut before it is tokenized. */
const UNITS_PER_TOKEN = 40

const program = new URL(`onnx-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
const execArgv = import.meta.url.endsWith('.ts') ? ['--conditions=source', '--disable-warning=ExperimentalWarning'] : []

/**
 * An encoder from a folder with `model.onnx` and `tokenizer.json`, which runs in a thread of its own on this machine. Vectors have length 1. What
 * runs together does not change them beyond rounding (about 1e-6).
 *
 * @param options.packagesFrom A folder where ONNX Runtime is looked for beside Plaudit's own packages; the current one by default.
 * @throws RewardError `embedding` for a folder that is no encoder, or where ONNX Runtime or the tokenizers are not installed.
 */
export async function onnxEncoder(path: string, options: { packagesFrom?: string } = {}): Promise<Encoder> {
  const folder = await readOnnxFolder(path)
  const [runtime, tokenizers] = optionalPackages(['onnxruntime-node', '@huggingface/tokenizers'], options.packagesFrom)
  const model = `onnx:${folder.hash}`
  let thread: Worker | null = null
  let turn: Promise<unknown> = Promise.resolve()

  /** One message at a time: the thread is busy with it anyway. */
  async function ask(texts: readonly string[], signal?: AbortSignal): Promise<Encoded> {
    signal?.throwIfAborted()
    if (thread === null) {
      thread = new Worker(program, { execArgv, workerData: { folder, runtime, tokenizers } satisfies ThreadInput })
      thread.once('exit', () => (thread = null)).once('error', () => (thread = null))
    }
    const worker = thread
    // While nobody waits for it, it does not keep the process alive.
    worker.ref()
    try {
      worker.postMessage(texts)
      const given = await replyOf(worker)
      if ('error' in given) throw new RewardError('embedding', `The encoder in ${path} failed: ${given.error}.`)
      return given
    } finally {
      worker.unref()
    }
  }

  return {
    model,
    key: [model],
    batch: BATCH,
    atOnce: 1,
    prepare: (text) => cut(text.toWellFormed(), folder.mostTokens * UNITS_PER_TOKEN),
    async encode(texts, signal) {
      const answer = turn.then(() => ask(texts, signal))
      turn = answer.catch(() => {})
      return answer
    },
  }
}

function replyOf(worker: Worker): Promise<ThreadReply> {
  return new Promise((resolve) => {
    const settle = (reply: ThreadReply) => {
      worker.off('message', settle).off('error', onError).off('exit', onExit)
      resolve(reply)
    }
    const onError = (error: unknown) => settle({ error: error instanceof Error ? error.message : String(error) })
    const onExit = () => settle({ error: 'its thread ended' })
    worker.on('message', settle).on('error', onError).on('exit', onExit)
  })
}

/** At most so many UTF-16 units of a text, without half of a character at the end. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text
  return text.slice(0, (text.charCodeAt(most - 1) & 0xfc00) === 0xd800 ? most - 1 : most)
}
