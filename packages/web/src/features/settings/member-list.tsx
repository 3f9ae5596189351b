import type { Member, Role } from '@plaudit/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trash2, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useClient, useProject } from '../../app/client.tsx'
import { useMembers } from '../../app/members.ts'
import { useSession } from '../../app/session.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SectionHead } from '../../ui/section-head.tsx'
import { Select } from '../../ui/select.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Cell, HeaderCell, Row, Table, TableFrame } from '../../ui/table.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { toast } from '../../ui/toast.tsx'
import { NewMemberDialog } from './new-member-dialog.tsx'
import { roles } from './role.ts'

/** Who works in the project, and as what. Only owners change it. */
export function MemberList() {
  const project = useProject()
  const client = useClient()
  const queries = useQueryClient()
  const { person } = useSession()
  const queryKey = ['members', project.id]
  const members = useMembers()
  const [isAdding, setIsAdding] = useState(false)
  const [leaving, setLeaving] = useState<Member | null>(null)
  const isOwner = project.role === 'owner'
  const refresh = () => queries.invalidateQueries({ queryKey })
  const setRole = useMutation({
    mutationFn: ({ member, role }: { member: Member; role: Role }) => client.projects.setRole(project.id, member.id, role),
    onSuccess: async (_answer, { member, role }) => {
      await refresh()
      toast(`${member.name} is now ${roles[role].label.toLowerCase()}.`, {
        undo: () => setRole.mutate({ member: { ...member, role }, role: member.role }),
      })
    },
    onError: (error) => toast('The role stays as it was.', { description: error.message, tone: 'bad' }),
  })
  const remove = useMutation({
    mutationFn: (member: Member) => client.projects.removeMember(project.id, member.id),
    onSuccess: (_answer, member) => {
      setLeaving(null)
      toast(`${member.name} no longer belongs to the project.`)
      return refresh()
    },
    onError: (error) => toast('Nobody was removed.', { description: error.message, tone: 'bad' }),
  })

  return (
    <section aria-labelledby="members-heading">
      <SectionHead
        id="members-heading"
        title="Members"
        action={
          isOwner && (
            <Button icon={<UserPlus className="size-3.5" aria-hidden="true" />} onClick={() => setIsAdding(true)}>
              Add a member
            </Button>
          )
        }
      >
        {isOwner ? 'A role decides what someone sees and may do.' : 'Owners add people and give roles.'}
      </SectionHead>
      {members.isPending && <SkeletonRows rows={2} label="Loading the members" />}
      {members.isError && (
        <ErrorState title="The members could not be loaded." error={members.error} onRetry={() => void members.refetch()} />
      )}
      {members.data !== undefined && (
        <TableFrame label="Table of members">
          <Table>
            <thead>
              <tr>
                <HeaderCell>Name</HeaderCell>
                <HeaderCell className="max-sm:hidden">E-mail</HeaderCell>
                <HeaderCell>Role</HeaderCell>
                <HeaderCell numeric className="max-sm:hidden">
                  Since
                </HeaderCell>
                {isOwner && (
                  <HeaderCell>
                    <span className="sr-only">Actions</span>
                  </HeaderCell>
                )}
              </tr>
            </thead>
            <tbody>
              {members.data.items.map((member) => (
                <Row key={member.id} className="*:align-middle">
                  <Cell className="font-medium">
                    {member.name}
                    {member.id === person?.id && <span className="font-normal text-ink-faint"> (you)</span>}
                    <span className="block text-note font-normal break-all text-ink-soft sm:hidden">{member.email}</span>
                  </Cell>
                  <Cell className="text-ink-soft max-sm:hidden">{member.email}</Cell>
                  <Cell className={isOwner ? 'py-1' : ''}>
                    {isOwner ? (
                      <Select
                        label={`Role of ${member.name}`}
                        labelHidden
                        className="w-32 sm:w-36"
                        value={member.role}
                        options={Object.entries(roles).map(([value, { label, may }]) => ({ value: value as Role, label, hint: may }))}
                        onChange={(role) => setRole.mutate({ member, role })}
                      />
                    ) : (
                      roles[member.role].label
                    )}
                  </Cell>
                  <Cell numeric className="max-sm:hidden">
                    <TimeAgo time={member.createdAt} />
                  </Cell>
                  {isOwner && (
                    <Cell className="py-1 text-right">
                      <IconButton size="small" label={`Remove ${member.name}`} onClick={() => setLeaving(member)}>
                        <Trash2 className="size-3.5" aria-hidden="true" />
                      </IconButton>
                    </Cell>
                  )}
                </Row>
              ))}
            </tbody>
          </Table>
        </TableFrame>
      )}
      {isAdding && <NewMemberDialog onClose={() => setIsAdding(false)} onAdded={() => void refresh()} />}
      <Confirm
        open={leaving !== null}
        onOpenChange={(open) => !open && setLeaving(null)}
        title={`Remove ${leaving?.name ?? ''}?`}
        description="They no longer see the project. What they judged stays, under their name."
        action="Remove from the project"
        busy={remove.isPending}
        onConfirm={() => leaving !== null && remove.mutate(leaving)}
      />
    </section>
  )
}
