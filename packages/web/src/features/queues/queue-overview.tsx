import type { Queue } from '@plaudit/sdk'
import { formatShare, formatWhole } from '../../ui/format-number.ts'
import { PeopleTable } from './people-table.tsx'
import { QueueProgressBar } from './queue-progress-bar.tsx'
import { RuleNote } from './rule-note.tsx'
import { WorkloadFigures } from './workload-figures.tsx'

/** How far the queue is, for every status and every person. */
export function QueueOverview({ queue }: { queue: Queue }) {
  const { progress } = queue
  return (
    <div className="flex flex-col gap-9">
      <section aria-label="Progress" className="max-w-3xl">
        <p className="pb-3">{progressSentence(queue)}</p>
        <QueueProgressBar progress={progress} isLegendShown />
      </section>
      <RuleNote queue={queue} />
      <WorkloadFigures queue={queue} />
      <section aria-labelledby="people-heading">
        <h2 id="people-heading" className="pb-2">
          People
        </h2>
        <PeopleTable queue={queue} />
      </section>
    </div>
  )
}

/** What the figures mean. A queue is done only when every item has its judgments. */
function progressSentence({ progress, overlap }: Pick<Queue, 'progress' | 'overlap'>): string {
  const { items, done, judgments, judgmentsNeeded, needsLead } = progress
  if (items === 0) return 'The queue is empty.'
  const each = overlap === 1 ? 'one judgment' : `${overlap} judgments`
  if (done === items) return `All ${formatWhole(items)} items have ${each}: the queue is done.`
  const waiting = needsLead === 0 ? '' : ` ${needsLead === 1 ? 'One item needs' : `${formatWhole(needsLead)} items need`} a lead.`
  return `${formatWhole(judgments)} of ${formatWhole(judgmentsNeeded)} judgments are in (${each} for each item); ${formatWhole(done)} of ${formatWhole(items)} items are done (${formatShare(done / items)}).${waiting}`
}
