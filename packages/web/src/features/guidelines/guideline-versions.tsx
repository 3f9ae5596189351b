import type { Guideline } from '@plaudit/sdk'
import { VersionHistory } from '../../ui/version-history.tsx'
import { GuidelineDiffView } from './guideline-diff-view.tsx'

/** The versions of a guideline, what they touch, and what differs between any two of them. `versions` are the newest first. */
export function GuidelineVersions({ versions }: { versions: readonly Guideline[] }) {
  return (
    <VersionHistory
      versions={versions}
      renderNote={({ touches }) => touches.length > 0 && <p className="text-note text-ink-faint">Touches {touches.join(', ')}</p>}
      renderDifference={(before, after) => <GuidelineDiffView before={before} after={after} />}
    />
  )
}
