import { Dialog as Drawer } from '@base-ui/react/dialog'
import { Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { Menu as MenuIcon, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useCommands } from '../ui/command.ts'
import { Logo } from '../ui/logo.tsx'
import { useHotkeys } from '../ui/use-hotkeys.ts'
import { useProject } from './client.tsx'
import { Frame } from './frame.tsx'
import { openSheet } from './overlay.tsx'
import { type Place, placesFor } from './place.ts'
import { Rail } from './rail.tsx'
import { RouteMissing } from './route-missing.tsx'
import { useSession } from './session.ts'

/** What stands around every page of a project. A project that does not exist, or is not theirs, is said to be missing. */
export function Shell() {
  const { project: slug } = useParams({ from: '/p/$project' })
  const isKnown = useSession().projects.some((each) => each.slug === slug)
  return isKnown ? <KnownShell key={slug} /> : <RouteMissing />
}

function KnownShell() {
  const project = useProject()
  const navigate = useNavigate()
  const [drawerOpen, setDrawerOpen] = useState(false)
  useFocusOnNavigation()

  const places = placesFor(project.role)
  const go = (to: Place['to']) => void navigate({ to, params: { project: project.slug } })
  useHotkeys(
    places.map((place) => ({
      keys: `g ${place.key}`,
      label: `Go to ${place.label.toLowerCase()}`,
      group: 'Places',
      run: () => go(place.to),
    })),
  )
  useCommands([
    ...places.map((place) => ({
      id: place.to,
      label: place.label,
      group: place.step ?? 'Project',
      shortcut: `g ${place.key}`,
      run: () => go(place.to),
    })),
    { id: 'keys', label: 'Keys on this page', group: 'Help', shortcut: '?', run: openSheet },
  ])

  return (
    <Frame>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2"
      >
        Skip to the page
      </a>
      <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
        <header className="sticky top-0 h-dvh border-r border-line bg-sunken/60 max-lg:hidden print:hidden">
          <Rail />
        </header>
        <div className="flex min-w-0 flex-col">
          <header className="sticky top-0 z-20 flex h-12 items-center gap-3 border-b border-line bg-paper px-3 lg:hidden print:hidden">
            <button type="button" aria-label="Open the menu" onClick={() => setDrawerOpen(true)} className="rounded-md p-2 hover:bg-hover">
              <MenuIcon className="size-5" aria-hidden="true" />
            </button>
            <Logo className="size-5" />
            <span className="truncate font-medium">{project.name}</span>
          </header>
          <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
            <Outlet />
          </main>
        </div>
      </div>
      <Drawer.Root open={drawerOpen} onOpenChange={setDrawerOpen}>
        <Drawer.Portal>
          <Drawer.Backdrop className="fixed inset-0 bg-veil transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
          <Drawer.Popup
            aria-label="Menu"
            className="fixed inset-y-0 left-0 w-72 max-w-[85vw] border-r border-line bg-paper shadow-overlay transition-transform data-ending-style:-translate-x-full data-starting-style:-translate-x-full"
          >
            <Drawer.Close aria-label="Close the menu" className="absolute top-3 right-3 rounded-md p-2 hover:bg-hover">
              <X className="size-5" aria-hidden="true" />
            </Drawer.Close>
            <Rail onNavigate={() => setDrawerOpen(false)} />
          </Drawer.Popup>
        </Drawer.Portal>
      </Drawer.Root>
    </Frame>
  )
}

/** After the page has changed, the focus goes to it, so that a screen reader reads on there and Tab starts there. */
function useFocusOnNavigation(): void {
  const { pathname } = useLocation()
  const first = useRef(true)
  useEffect(() => {
    if (!first.current) document.getElementById('main')?.focus({ preventScroll: true })
    first.current = false
  }, [pathname])
}
