import { Link } from '@tanstack/react-router'
import { buttonClass } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

/** An address that leads nowhere. */
export function RouteMissing() {
  return (
    <main id="main">
      <EmptyState
        isWholePage
        title="There is nothing at this address"
        action={
          <Link to="/" className={buttonClass()}>
            Go to your project
          </Link>
        }
      >
        <p>The page has moved, or the address has a slip in it.</p>
      </EmptyState>
    </main>
  )
}
