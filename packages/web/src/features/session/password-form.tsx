import type { SessionInfo } from '@plaudit/sdk'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { rootClient } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'

/** Changes the own password. `currentLabel` says which one is asked for. */
export function PasswordForm({ currentLabel, onChanged }: { currentLabel: string; onChanged: (info: SessionInfo) => void }) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => rootClient.session.changePassword({ current, next }),
    meta: { signsIn: true },
    onSuccess: onChanged,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={currentLabel}
        type="password"
        autoComplete="current-password"
        required
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <TextField
        label="New password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        hint="At least 8 characters."
        value={next}
        onChange={(event) => setNext(event.target.value)}
        error={change.error?.message}
      />
      <Button type="submit" variant="primary" busy={change.isPending}>
        Change the password
      </Button>
    </form>
  )
}
