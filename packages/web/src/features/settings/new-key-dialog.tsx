import type { ProjectKeyCreated } from '@plaudit/sdk'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useClient, useProject } from '../../app/client.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { SecretValue } from './secret-value.tsx'

/** Names a key, makes it, and shows its secret this once. */
export function NewKeyDialog({ onClose, onCreated }: { onClose: () => void; onCreated: (key: ProjectKeyCreated) => void }) {
  const project = useProject()
  const client = useClient()
  const [name, setName] = useState('')
  const create = useMutation({ mutationFn: () => client.projects.createKey(project.id, name.trim()), onSuccess: onCreated })
  const key = create.data
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      persistent={key !== undefined}
      title={key === undefined ? 'New key' : 'Copy the secret key now'}
      description={
        key === undefined
          ? 'Name it after what will use it: an application, an environment, a teammate.'
          : 'It is not kept in readable form and cannot be shown again. Whoever has it can read and write this project.'
      }
      actions={
        key === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" type="submit" form="new-key" busy={create.isPending}>
              Create the key
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            I have copied it
          </Button>
        )
      }
    >
      {key === undefined ? (
        <form
          id="new-key"
          onSubmit={(event) => {
            event.preventDefault()
            create.mutate()
          }}
        >
          <TextField
            label="Name"
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={create.error?.message}
          />
        </form>
      ) : (
        <dl className="flex flex-col gap-4">
          <SecretValue term="Secret key" value={key.secretKey} />
          <SecretValue term="Public key" value={key.publicKey} />
        </dl>
      )}
    </Dialog>
  )
}
