import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { sessionQuery } from '../app/session.ts'
import { LoopSketch } from '../features/session/loop-sketch.tsx'
import { SignInForm } from '../features/session/sign-in-form.tsx'
import { FrontPage } from '../ui/front-page.tsx'

export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' })
  const queries = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()
  return (
    <FrontPage title="Sign in" lead="An owner of your project can give you an account." aside={<LoopSketch />}>
      <SignInForm
        onSignedIn={(info) => {
          queries.setQueryData(sessionQuery.queryKey, info)
          if (next === undefined) void navigate({ to: '/' })
          else router.history.push(next)
        }}
      />
    </FrontPage>
  )
}
