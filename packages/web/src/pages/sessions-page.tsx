import { useNavigate, useSearch } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { SessionList } from '../features/sessions/session-list.tsx'
import { Button } from '../ui/button.tsx'

export function SessionsPage() {
  const { userId } = useSearch({ from: '/p/$project/sessions' })
  const navigate = useNavigate({ from: '/p/$project/sessions' })
  const clear = () => void navigate({ search: {} })
  return (
    <div className="flex flex-col">
      <header className="flex flex-wrap items-center gap-3 px-4 pt-5 pb-3 sm:px-6">
        <h1>Sessions</h1>
        {userId !== undefined && (
          <Button size="small" onClick={clear} icon={<X className="size-3.5" aria-hidden="true" />}>
            Of the user {userId}
          </Button>
        )}
      </header>
      <SessionList userId={userId} onClear={clear} />
    </div>
  )
}
