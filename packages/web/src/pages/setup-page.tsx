import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { sessionQuery } from '../app/session.ts'
import { LoopSketch } from '../features/session/loop-sketch.tsx'
import { SetupForm } from '../features/session/setup-form.tsx'
import { FrontPage } from '../ui/front-page.tsx'

export function SetupPage() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return (
    <FrontPage title="Set up Plaudit" aside={<LoopSketch />} lead="You make the first account, and own everything here. It is asked once.">
      <SetupForm
        onDone={(info) => {
          queries.setQueryData(sessionQuery.queryKey, info)
          void navigate({ to: '/' })
        }}
      />
    </FrontPage>
  )
}
