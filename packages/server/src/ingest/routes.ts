import { ApiError } from '@plaudit/protocol'
import { feedbackService } from '../feedback/service.ts'
import type { ServerContext } from '../http/context.ts'
import { guarded, newRoutes, secured } from '../http/route.ts'
import type { Encoding } from './decode/decode-request.ts'
import { encodeResponse } from './decode/encode-response.ts'
import { ingestService } from './service.ts'

const MAX_BODY_BYTES = 64 * 1_048_576

/** Where clients send traces: OpenTelemetry's own path, and those that Langfuse's, Opik's and others' exporters are built with. */
export const tracePaths = ['/v1/traces', '/api/public/otel/v1/traces', '/api/v1/private/otel/v1/traces', '/otel/v1/traces'] as const

const contentTypes: Record<string, Encoding> = {
  'application/x-protobuf': 'protobuf',
  'application/protobuf': 'protobuf',
  'application/json': 'json',
}

/** Routes of ingest: OTLP over HTTP, in both encodings. */
export function ingestRoutes(context: ServerContext) {
  const service = ingestService({ ...context, feedback: feedbackService(context) })
  const routes = newRoutes()
  for (const path of tracePaths) {
    routes.openapi(exportTraces(path), async (c) => {
      const contentType = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
      const encoding = contentTypes[contentType]
      if (encoding === undefined) {
        throw new ApiError(
          'unsupported_media_type',
          `Content-Type "${contentType}" is not OTLP: send application/x-protobuf or application/json.`,
        )
      }
      const result = await service.ingest(c.var.projectId, encoding, new Uint8Array(await c.req.arrayBuffer()))
      return c.body(encodeResponse(encoding, result), 200, { 'content-type': contentType })
    })
  }
  return routes
}

function exportTraces(path: (typeof tracePaths)[number]) {
  const media = { 'application/x-protobuf': {}, 'application/json': {} }
  return guarded(secured('trace:write', { maxBodyBytes: MAX_BODY_BYTES }), {
    method: 'post',
    path,
    tags: ['Traces'],
    summary: 'Export spans by OTLP',
    description:
      'An OTLP ExportTraceServiceRequest, optionally compressed with gzip. Answered once the spans, and the feedback that they carry, are on ' +
      'disk. Spans that cannot be stored are counted in `partial_success` with the reasons, and the others are stored.',
    responses: { 200: { description: 'An OTLP ExportTraceServiceResponse in the encoding of the request.', content: media } },
  })
}
