import { RotateCw } from 'lucide-react'
import { Button } from './button.tsx'

export type ErrorStateProps = {
  /** What could not be done: "The traces could not be loaded." */
  title: string
  error: unknown
  onRetry?: (() => void) | undefined
}

/** A failure in the place of what failed, with what the error says to do. Everything around it keeps working. */
export function ErrorState({ title, error, onRetry }: ErrorStateProps) {
  const requestId = error !== null && typeof error === 'object' && 'requestId' in error ? String(error.requestId) : ''
  return (
    <div role="alert" className="my-4 flex flex-wrap items-start gap-x-4 gap-y-2 border-l-2 border-bad py-1 pl-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">{title}</p>
        <p className="text-ink-soft">{error instanceof Error ? error.message : String(error)}</p>
        {requestId !== '' && <p className="mt-1 font-mono text-note text-ink-faint">Request {requestId}</p>}
      </div>
      {onRetry !== undefined && (
        <Button icon={<RotateCw className="size-3.5" aria-hidden="true" />} onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}
