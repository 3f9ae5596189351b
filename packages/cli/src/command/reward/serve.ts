import { ApiError, errorStatus, type ErrorCode, type Problem } from '@plaudit/protocol'
import { type Embedder, modelScorer, type ModelScorer, readScoreRequest, RewardError } from '@plaudit/reward'
import { defineCommand } from 'citty'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import { embedderFor, embeddingOptions } from './embedding-options.ts'
import { wholeNumber } from './number-option.ts'
import { readModel } from './read-model.ts'

const MAX_BODY_BYTES = 64 * 1_048_576

export const serveCommand = defineCommand({
  meta: {
    name: 'serve',
    description: 'Serve a model to training engines: our own request, OpenRLHF, LLaMA-Factory, vLLM /classify, Google, AWS Nova',
  },
  args: {
    model: { type: 'positional', required: true, description: 'A model file of `plaudit reward train`' },
    port: { type: 'string', description: 'Port; 0 takes a free one', default: '4200' },
    host: {
      type: 'string',
      description: 'Address to listen on. Nobody is asked for a key: keep it on a network that you trust',
      default: '127.0.0.1',
    },
    ...embeddingOptions,
  },
  async run({ args }) {
    const embedder = await embedderFor(args)
    const server = rewardServer(modelScorer(await readModel(args.model), embedder), basename(args.model), embedder)
    server.listen(wholeNumber('port', args.port), args.host)
    await once(server, 'listening')
    const { address, port, family } = server.address() as AddressInfo
    process.stdout.write(`Serving ${args.model} at http://${family === 'IPv6' ? `[${address}]` : address}:${port}\n`)
    process.once('SIGINT', () => server.close()).once('SIGTERM', () => server.close())
    await once(server, 'close')
  },
})

/** An endpoint that answers any POST by the form of its request, and GET /healthz, also with what vectors have taken. */
export function rewardServer(scorer: ModelScorer, model: string, embedder?: Embedder): Server {
  return createServer((request, response) => {
    const answer = (status: number, body: unknown, type = 'application/json') =>
      response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body))
    if (request.method !== 'POST') {
      if (request.url === '/healthz' || request.url === '/health')
        answer(200, { status: 'ok', model, ...(embedder && { vectors: embedder.spent() }) })
      else answer(405, problem('invalid_argument', 'Send a POST with the outputs to score.', 405), 'application/problem+json')
      return
    }
    scoreBody(request, scorer, model).then(
      (body) => answer(200, body),
      (error: unknown) => {
        const { code, message } = explain(error)
        answer(errorStatus[code], problem(code, message), 'application/problem+json')
      },
    )
  })
}

async function scoreBody(request: IncomingMessage, scorer: ModelScorer, model: string): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) throw new ApiError('too_large', 'The request is larger than 64 MiB: send fewer outputs at a time.')
    chunks.push(chunk)
  }
  const asked = readScoreRequest(JSON.parse(Buffer.concat(chunks).toString('utf8')), model)
  return asked.reply(await scorer.score(asked.items))
}

function explain(error: unknown): { code: ErrorCode; message: string } {
  if (error instanceof ApiError) return error
  // An encoder that is away may be back for the next request.
  if (error instanceof RewardError) return { code: error.code === 'embedding' ? 'overloaded' : 'invalid_argument', message: error.message }
  if (error instanceof SyntaxError) return { code: 'invalid_argument', message: 'The body is not valid JSON.' }
  return { code: 'internal', message: 'Something went wrong while scoring.' }
}

function problem(code: ErrorCode, detail: string, status: number = errorStatus[code]): Omit<Problem, 'requestId'> {
  return { type: 'about:blank', title: code, status, detail, code }
}
