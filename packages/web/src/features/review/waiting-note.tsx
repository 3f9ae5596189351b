import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useClient, useProject } from '../../app/client.tsx'
import { keptEntries, Outbox, type Outgoing } from './outbox.ts'
import { useOwner } from './use-desk-session.ts'

/** Judgments that still lie on this machine: says so, and sends them. */
export function WaitingNote() {
  const client = useClient()
  const project = useProject()
  const owner = useOwner()
  const queries = useQueryClient()
  const [entries, setEntries] = useState<readonly Outgoing[]>(() => keptEntries(owner))
  useEffect(() => {
    const outbox = new Outbox(owner, client.desk, {
      change: setEntries,
      delivered: () => void queries.invalidateQueries({ queryKey: ['my-queues', project.id] }),
    })
    const send = () => void outbox.flush()
    send()
    window.addEventListener('online', send)
    return () => {
      window.removeEventListener('online', send)
      outbox.close()
    }
  }, [client, owner, project.id, queries])
  const waiting = entries.filter(({ problem }) => problem === null).length
  const refused = entries.length - waiting
  if (entries.length === 0) return null
  return (
    <p role="note" className="mb-4 border-l-2 border-bad py-1 pl-3">
      {waiting > 0 && `${count(waiting)} on this machine and will be sent as soon as the server can be reached. `}
      {refused > 0 && `${count(refused)} on this machine because the server did not take it: open its queue to see why.`}
    </p>
  )
}

function count(n: number): string {
  return n === 1 ? 'One judgment is' : `${n} judgments are`
}
