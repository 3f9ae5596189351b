export { createClient, type PlauditClient } from './client.ts'
export { PlauditError } from './error.ts'
export type { ClientOptions, RequestOptions } from './request.ts'
export type * from '@plaudit/protocol'
