import type { Role } from '@plaudit/sdk'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useClient, useProject } from '../../app/client.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { roles } from './role.ts'

/** Adds someone by e-mail. Who had no account gets one, and its one-time password is shown this once. */
export function NewMemberDialog({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) {
  const project = useProject()
  const client = useClient()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('reviewer')
  const add = useMutation({
    mutationFn: () =>
      client.projects.addMember(project.id, { email: email.trim(), role, ...(name.trim() === '' ? {} : { name: name.trim() }) }),
    onSuccess: (member) => {
      onAdded()
      if (member.oneTimePassword === null) onClose()
    },
  })
  const password = add.data?.oneTimePassword ?? null
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      persistent={password !== null}
      title={password === null ? 'Add a member' : `Hand the password to ${add.data?.name ?? 'them'}`}
      description={password === null ? undefined : 'It cannot be shown again. At the first sign-in they choose their own.'}
      actions={
        password === null ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" type="submit" form="new-member" busy={add.isPending}>
              Add to the project
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            I have copied it
          </Button>
        )
      }
    >
      {password === null ? (
        <form
          id="new-member"
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            add.mutate()
          }}
        >
          <TextField
            label="E-mail"
            type="email"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            error={add.error?.message}
          />
          <TextField
            label="Name"
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.target.value)}
            hint="For a new account; can be left out."
          />
          <Select
            label="Role"
            value={role}
            onChange={setRole}
            options={Object.entries(roles).map(([value, { label, may }]) => ({ value: value as Role, label, hint: may }))}
          />
        </form>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <code className="min-w-0 grow basis-56 rounded-md bg-sunken px-2.5 py-1.5 break-all">{password}</code>
          <CopyButton text={password} label="Copy the password" />
        </div>
      )}
    </Dialog>
  )
}
