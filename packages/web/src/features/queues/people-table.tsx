import type { Queue, QueuePerson } from '@plaudit/sdk'
import { useState } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Estimate } from '../../ui/estimate.tsx'
import { formatDuration, formatShare, formatWhole } from '../../ui/format-number.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Cell, HeaderCell, Row, Table, TableFrame } from '../../ui/table.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { usePausePerson, useQueuePeople, useWorkload } from './use-queues.ts'

const pausedWords = { lead: 'Paused', test: 'Not let in', watch: 'Paused by the gold watch' } as const

/** Everybody who works in a queue: how much, how fast, how often right on gold, how often of one mind with others. */
export function PeopleTable({ queue }: { queue: Queue }) {
  const people = useQueuePeople(queue.id)
  const pause = usePausePerson(queue.id)
  const workload = useWorkload(queue.id)
  const calibration = new Map(workload.data?.people.map((person) => [person.personId, person.calibration]))
  const [pausing, setPausing] = useState<QueuePerson | null>(null)
  if (people.isPending) return <SkeletonRows rows={4} label="Loading the people" />
  if (people.isError)
    return <ErrorState title="The people could not be loaded." error={people.error} onRetry={() => void people.refetch()} />
  if (people.data.length === 0)
    return (
      <p className="max-w-prose text-ink-soft">
        Nobody has worked here yet. Reviewers find the queue under “My reviews”; owners add reviewers in the settings.
      </p>
    )
  return (
    <>
      <TableFrame label="Table of people">
        <Table>
          <thead>
            <tr>
              <HeaderCell>Reviewer</HeaderCell>
              <HeaderCell numeric>Judged</HeaderCell>
              <HeaderCell numeric>Skipped</HeaderCell>
              <HeaderCell numeric>Median time</HeaderCell>
              <HeaderCell numeric>Gold met [95 %]</HeaderCell>
              <HeaderCell numeric>Agrees with others [95 %]</HeaderCell>
              <HeaderCell>
                <span className="sr-only">Actions</span>
              </HeaderCell>
            </tr>
          </thead>
          <tbody>
            {people.data.map((person) => (
              <Row key={person.personId} className="*:align-middle">
                <Cell className="font-medium">
                  {person.name ?? person.personId}
                  {person.pausedReason !== null && (
                    <span className="block text-note font-normal text-bad">
                      {pausedWords[person.pausedBy ?? 'lead']}: {person.pausedReason}
                    </span>
                  )}
                  {calibration.get(person.personId) != null && (
                    <span className="block max-w-72 text-note font-normal text-ink-soft">{calibration.get(person.personId)}</span>
                  )}
                  {queue.qualification !== null && !person.qualified && (
                    <span className="block">
                      <Badge>Not qualified yet</Badge>
                    </span>
                  )}
                </Cell>
                <Cell numeric>{formatWhole(person.judged)}</Cell>
                <Cell numeric>{formatWhole(person.skipped)}</Cell>
                <Cell numeric>{person.medianActiveMs === null ? '–' : formatDuration(person.medianActiveMs)}</Cell>
                <Cell numeric>
                  <Estimate
                    {...person.gold}
                    reason={person.gold.n === 0 ? 'no gold item yet' : person.gold.reason}
                    n={person.gold.clusters}
                    unit="gold items"
                    format={formatShare}
                    domain={[0, 1]}
                  />
                </Cell>
                <Cell numeric>
                  <Estimate
                    {...person.agreement}
                    reason={person.agreement.n === 0 ? 'nobody else judged the same' : person.agreement.reason}
                    format={formatShare}
                    domain={[0, 1]}
                  />
                </Cell>
                <Cell className="py-1 text-right">
                  <Button
                    size="small"
                    busy={pause.isPending && pause.variables.personId === person.personId}
                    onClick={() =>
                      person.pausedReason === null
                        ? setPausing(person)
                        : pause.mutate({ personId: person.personId, paused: false, reason: '' })
                    }
                  >
                    {person.pausedReason === null ? 'Pause' : 'Let them go on'}
                  </Button>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </TableFrame>
      {pausing !== null && (
        <PauseDialog
          person={pausing}
          busy={pause.isPending}
          onClose={() => setPausing(null)}
          onPause={(reason) => pause.mutate({ personId: pausing.personId, paused: true, reason }, { onSuccess: () => setPausing(null) })}
        />
      )}
    </>
  )
}

type PauseDialogProps = { person: QueuePerson; busy: boolean; onClose: () => void; onPause: (reason: string) => void }

function PauseDialog({ person, busy, onClose, onPause }: PauseDialogProps) {
  const [reason, setReason] = useState('')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Pause ${person.name ?? 'this reviewer'} here`}
      description="They get no further items of this queue until you let them go on. What they judged stays."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={() => onPause(reason.trim())}>
            Pause
          </Button>
        </>
      }
    >
      <TextField label="Reason, which they read" value={reason} maxLength={1_000} onChange={(event) => setReason(event.target.value)} />
    </Dialog>
  )
}
