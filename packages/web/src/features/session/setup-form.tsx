import type { SessionInfo } from '@plaudit/sdk'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { rootClient } from '../../app/session.ts'

/** The first account, and its first project: the account also owns the projects that exist already, such as the sample. */
export function SetupForm({ onDone }: { onDone: (info: SessionInfo) => void }) {
  const [values, setValues] = useState({ name: '', email: '', password: '', project: '' })
  const setUp = useMutation({
    mutationFn: () => {
      const { project, ...account } = values
      return rootClient.session.setUp(project.trim() === '' ? account : values)
    },
    meta: { signsIn: true },
    onSuccess: onDone,
  })
  const field = (name: keyof typeof values) => ({
    value: values[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
    required: true,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setUp.mutate()
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField label="Your name" autoComplete="name" {...field('name')} hint="Shown beside your judgments." />
      <TextField label="E-mail" type="email" autoComplete="username" {...field('email')} hint="What you sign in with; no mail is sent." />
      <TextField
        label="Password"
        type="password"
        autoComplete="new-password"
        minLength={8}
        {...field('password')}
        hint="At least 8 characters."
      />
      <TextField
        label="Your project"
        {...field('project')}
        required={false}
        hint="What your application is called. Can be left out to look around first."
        error={setUp.error?.message}
      />
      <Button type="submit" variant="primary" busy={setUp.isPending}>
        Create the account
      </Button>
    </form>
  )
}
