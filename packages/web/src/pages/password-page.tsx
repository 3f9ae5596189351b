import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { sessionQuery, useSession } from '../app/session.ts'
import { PasswordForm } from '../features/session/password-form.tsx'
import { FrontPage } from '../ui/front-page.tsx'

export function PasswordPage() {
  const { person } = useSession()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const isFirst = person?.mustChangePassword === true
  return (
    <FrontPage
      title={isFirst ? 'Choose your password' : 'Change your password'}
      lead={
        isFirst
          ? 'The password that you were handed works once. Choose your own, and it is yours alone.'
          : 'Your other devices are signed out.'
      }
    >
      <PasswordForm
        currentLabel={isFirst ? 'Password you were handed' : 'Current password'}
        onChanged={(info) => {
          queries.setQueryData(sessionQuery.queryKey, info)
          void navigate({ to: '/' })
        }}
      />
    </FrontPage>
  )
}
