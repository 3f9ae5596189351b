import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ErrorState } from '../ui/error-state.tsx'

/** A page that failed. The rail and every other page keep working, and drafts stay where they are kept. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  const retry = () => {
    queries.reset()
    reset()
    void router.invalidate()
  }
  return (
    <div className="mx-auto max-w-2xl px-6 py-10">
      <ErrorState title="This page could not be shown." error={error} onRetry={retry} />
    </div>
  )
}
