import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '../ui/toast.tsx'
import { rootClient, sessionQuery } from './session.ts'

/** Ends the session; forgets every answer that belonged to it. */
export function useSignOut(onDone: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => rootClient.session.signOut(),
    onSuccess: async () => {
      const info = await rootClient.session.get()
      queries.clear()
      queries.setQueryData(sessionQuery.queryKey, info)
      onDone()
    },
    onError: (error) => toast('You are still signed in.', { description: error.message, tone: 'bad' }),
  })
}
