import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'

/** Said where another window works at the same desk. */
export function ElsewhereNote({ onTakeOver }: { onTakeOver: () => void }) {
  return (
    <main id="main">
      <EmptyState
        title="You work on this queue in another window"
        isWholePage
        action={
          <Button variant="primary" onClick={onTakeOver}>
            Go on here
          </Button>
        }
      >
        What you have filled in there is kept, and comes along.
      </EmptyState>
    </main>
  )
}
