import type { Project } from '@plaudit/sdk'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { rootClient } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'

export function NewProjectForm({ onCreated }: { onCreated: (project: Project) => Promise<void> }) {
  const [name, setName] = useState('')
  const create = useMutation({ mutationFn: () => rootClient.projects.create(name.trim()), onSuccess: onCreated })
  return (
    <form
      className="flex flex-col gap-4"
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
        hint="Traces, feedback, keys and people belong to one project and are seen in no other."
      />
      <Button type="submit" variant="primary" busy={create.isPending}>
        Create the project
      </Button>
    </form>
  )
}
