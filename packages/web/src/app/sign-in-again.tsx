import { useQueryClient } from '@tanstack/react-query'
import { SignInForm } from '../features/session/sign-in-form.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { sessionLost } from './session-lost.ts'
import { sessionQuery, useSession } from './session.ts'

/** When the session ended under someone's work: they sign in over it, and the page goes on where it was. */
export function SignInAgain() {
  const open = sessionLost.use()
  const { person } = useSession()
  const queries = useQueryClient()
  return (
    <Dialog
      open={open}
      onOpenChange={() => undefined}
      persistent
      title="Sign in again"
      description="Your session has ended. The page behind this stays as it is, with everything you have written."
    >
      <SignInForm
        {...(person === null ? {} : { email: person.email })}
        onSignedIn={(info) => {
          queries.setQueryData(sessionQuery.queryKey, info)
          sessionLost.set(false)
          void queries.invalidateQueries({ predicate: ({ state }) => state.status === 'error' })
        }}
      />
    </Dialog>
  )
}
