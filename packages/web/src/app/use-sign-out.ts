import { useMutation } from '@tanstack/react-query'
import { toast } from '../ui/toast.tsx'
import { rootClient } from './session.ts'

/** Ends the session and loads the app anew, so that nothing of it stays in memory. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => rootClient.session.signOut(),
    onSuccess: () => window.location.assign('/sign-in'),
    onError: (error) => toast('You are still signed in.', { description: error.message, tone: 'bad' }),
  })
}
