import { PlauditError } from '@plaudit/sdk'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { sessionLost } from './session-lost.ts'

function watch(error: Error): void {
  if (error instanceof PlauditError && error.code === 'unauthenticated') sessionLost.set(true)
}

/** The cache of what the server answered. The SDK repeats what failed for a passing reason, so queries do not. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: watch }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, mutation) => mutation.meta?.['signsIn'] !== true && watch(error),
  }),
  defaultOptions: {
    queries: { retry: false, staleTime: 10_000, gcTime: 10 * 60_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
})
