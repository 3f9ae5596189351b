import { useNavigate } from '@tanstack/react-router'
import { Keyboard, KeyRound, LogOut, Search } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { ThemeSwitch } from '../ui/theme-switch.tsx'
import { useSession } from './session.ts'
import { openPalette, openSheet } from './overlay.tsx'
import { useSignOut } from './use-sign-out.ts'

/** Who is signed in, the theme, and the way out. */
export function AccountMenu() {
  const { person } = useSession()
  const navigate = useNavigate()
  const signOut = useSignOut()
  if (person === null) return null
  return (
    <div className="flex flex-col gap-1 border-t border-line pt-3">
      <button type="button" onClick={openPalette} className={rowClass}>
        <Search className="size-4" strokeWidth={1.75} aria-hidden="true" />
        <span className="flex-1 text-left">Find</span>
      </button>
      <Popover
        trigger={
          <button type="button" className={rowClass}>
            <span
              aria-hidden="true"
              className="-mx-0.5 flex size-5 items-center justify-center rounded-full bg-accent-soft text-[0.6875rem] font-semibold text-accent"
            >
              {initialsOf(person.name)}
            </span>
            <span className="min-w-0 flex-1 truncate text-left">
              <span className="sr-only">Account: </span>
              {person.name}
            </span>
          </button>
        }
      >
        <div className="flex w-60 flex-col gap-3">
          <div className="min-w-0">
            <p className="truncate font-medium">{person.name}</p>
            <p className="truncate text-note text-ink-faint">{person.email}</p>
          </div>
          <div className="flex items-center justify-between">
            <span>Theme</span>
            <ThemeSwitch />
          </div>
          <div className="flex flex-col gap-2">
            <Button icon={<Keyboard className="size-3.5" aria-hidden="true" />} shortcut="?" onClick={openSheet}>
              Keys on this page
            </Button>
            <Button icon={<KeyRound className="size-3.5" aria-hidden="true" />} onClick={() => void navigate({ to: '/password' })}>
              Change your password
            </Button>
            <Button icon={<LogOut className="size-3.5" aria-hidden="true" />} onClick={() => signOut.mutate()} busy={signOut.isPending}>
              Sign out
            </Button>
          </div>
        </div>
      </Popover>
    </div>
  )
}

const rowClass =
  'flex h-8 items-center gap-2.5 rounded-md px-2 text-ink-soft hover:bg-hover hover:text-ink data-popup-open:bg-hover pointer-coarse:h-11'

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase() ?? '').join('')
}
