import type { ProjectKey, ProjectKeyCreated } from '@plaudit/sdk'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useClient, useProject } from '../../app/client.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SectionHead } from '../../ui/section-head.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Cell, HeaderCell, Row, Table, TableFrame } from '../../ui/table.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { toast } from '../../ui/toast.tsx'
import { NewKeyDialog } from './new-key-dialog.tsx'

/** The project's keys: made here, their secret shown once, revoked here. */
export function KeyList() {
  const project = useProject()
  const client = useClient()
  const queries = useQueryClient()
  const queryKey = ['keys', project.id]
  const keys = useQuery({ queryKey, queryFn: () => client.projects.keys(project.id) })
  const [creating, setCreating] = useState(false)
  const [doomed, setDoomed] = useState<ProjectKey | null>(null)
  const revoke = useMutation({
    mutationFn: (key: ProjectKey) => client.projects.revokeKey(project.id, key.id),
    onSuccess: (_answer, key) => {
      setDoomed(null)
      toast(`The key “${key.name}” is revoked.`)
      return queries.invalidateQueries({ queryKey })
    },
    onError: (error) => toast('The key still works.', { description: error.message, tone: 'bad' }),
  })
  const newKey = (
    <Button variant="primary" icon={<KeyRound className="size-3.5" aria-hidden="true" />} onClick={() => setCreating(true)}>
      New key
    </Button>
  )
  return (
    <section aria-labelledby="keys-heading">
      <SectionHead id="keys-heading" title="Keys" action={keys.data !== undefined && keys.data.items.length > 0 && newKey}>
        The secret key sends traces and reads everything in the project. The public key may stand in a web page: it can only add feedback.
      </SectionHead>
      {keys.isPending && <SkeletonRows rows={2} label="Loading the keys" />}
      {keys.isError && <ErrorState title="The keys could not be loaded." error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.data?.items.length === 0 && (
        <EmptyState title="No keys yet" action={newKey}>
          <p>An application needs a key to send its traces and feedback.</p>
        </EmptyState>
      )}
      {keys.data !== undefined && keys.data.items.length > 0 && (
        <TableFrame label="Table of keys">
          <Table>
            <thead>
              <tr>
                <HeaderCell>Name</HeaderCell>
                <HeaderCell>Public key</HeaderCell>
                <HeaderCell className="max-sm:hidden">Secret key</HeaderCell>
                <HeaderCell numeric className="max-sm:hidden">
                  Made
                </HeaderCell>
                <HeaderCell numeric className="max-sm:hidden">
                  Last used
                </HeaderCell>
                <HeaderCell>
                  <span className="sr-only">Actions</span>
                </HeaderCell>
              </tr>
            </thead>
            <tbody>
              {keys.data.items.map((key) => (
                <Row key={key.id} className="*:align-middle">
                  <Cell className="font-medium">{key.name}</Cell>
                  <Cell>
                    <code className="break-all">{key.publicKey}</code>
                  </Cell>
                  <Cell className="max-sm:hidden">
                    <code className="text-ink-faint">{key.secretHint}</code>
                  </Cell>
                  <Cell numeric className="max-sm:hidden">
                    <TimeAgo time={key.createdAt} />
                  </Cell>
                  <Cell numeric className="max-sm:hidden">
                    {key.lastUsedAt === null ? <span className="text-ink-faint">never</span> : <TimeAgo time={key.lastUsedAt} />}
                  </Cell>
                  <Cell className="py-1 text-right">
                    <IconButton size="small" label={`Revoke the key ${key.name}`} onClick={() => setDoomed(key)}>
                      <Trash2 className="size-3.5" aria-hidden="true" />
                    </IconButton>
                  </Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        </TableFrame>
      )}
      {creating && (
        <NewKeyDialog
          onClose={() => setCreating(false)}
          onCreated={({ secretKey: _secret, ...key }: ProjectKeyCreated) =>
            queries.setQueryData<{ items: ProjectKey[] }>(queryKey, (old) => ({ items: [...(old?.items ?? []), key] }))
          }
        />
      )}
      <Confirm
        open={doomed !== null}
        onOpenChange={(open) => !open && setDoomed(null)}
        title={`Revoke “${doomed?.name ?? ''}”?`}
        description="Applications and pages that use this key are refused from now on. What they sent stays. A revoked key cannot be brought back."
        action="Revoke the key"
        busy={revoke.isPending}
        onConfirm={() => doomed !== null && revoke.mutate(doomed)}
      />
    </section>
  )
}
