import { Link } from '@tanstack/react-router'
import { useProject } from '../../app/client.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { IntervalPlot } from '../../ui/chart/interval-plot.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatDecimal } from '../../ui/format-number.ts'

const sketch = [
  { key: 'a', label: 'accuracy', estimate: 0.84, low: 0.78, high: 0.89, n: 240 },
  { key: 'b', label: 'tone', estimate: 0.52, low: 0.41, high: 0.62, n: 240, isStrong: true },
]

/** Before several people judged the same items. */
export function NoAgreement() {
  const { slug } = useProject()
  return (
    <EmptyState
      title="Nobody judged anything twice yet"
      picture={
        <div className="w-80 opacity-60">
          <IntervalPlot title="" rows={sketch} domain={[0, 1]} format={formatDecimal} />
        </div>
      }
      action={
        <Link to="/p/$project/queues/new" params={{ project: slug }} className={buttonClass('primary')}>
          Make a queue
        </Link>
      }
    >
      Agreement needs items that at least two reviewers judged. Give a queue an overlap of two or more, or import ratings with a rater for
      each row: <code>plaudit import ratings</code>.
    </EmptyState>
  )
}
