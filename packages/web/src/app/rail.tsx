import { Link } from '@tanstack/react-router'
import { Logo } from '../ui/logo.tsx'
import { AccountMenu } from './account-menu.tsx'
import { useProject } from './client.tsx'
import { type Place, placesFor, steps } from './place.ts'
import { ProjectSwitcher } from './project-switcher.tsx'

/** The loop as navigation: its steps in order, with the pages that exist. */
export function Rail({ onNavigate }: { onNavigate?: () => void }) {
  const places = placesFor(useProject().role)
  const homePlace = places.find(({ to }) => to === '/p/$project')
  const others = places.filter((place) => place !== homePlace)
  const groups = steps
    .map((step) => ({ step, items: others.filter((place) => place.step === step) }))
    .filter(({ items }) => items.length > 0)
  return (
    <div className="flex h-full flex-col gap-1 overflow-y-auto px-3 py-4">
      <div className="mb-3 flex items-center gap-2 px-2">
        <Logo className="size-6" />
        <span className="text-read font-semibold tracking-tight">Plaudit</span>
      </div>
      <ProjectSwitcher />
      <nav aria-label="Main" className="mt-3 flex flex-1 flex-col gap-4">
        {homePlace !== undefined && (
          <ul>
            <RailItem place={homePlace} onNavigate={onNavigate} />
          </ul>
        )}
        {groups.map(({ step, items }) => (
          <div key={step}>
            <h2 id={`rail-${step}`} className="px-2 pb-1 text-note font-medium text-ink-faint">
              {step}
            </h2>
            <ul aria-labelledby={`rail-${step}`}>
              {items.map((place) => (
                <RailItem key={place.to} place={place} onNavigate={onNavigate} />
              ))}
            </ul>
          </div>
        ))}
        {others.some(({ step }) => step === null) && (
          <ul className="mt-auto">
            {others
              .filter(({ step }) => step === null)
              .map((place) => (
                <RailItem key={place.to} place={place} onNavigate={onNavigate} />
              ))}
          </ul>
        )}
      </nav>
      <AccountMenu />
    </div>
  )
}

function RailItem({ place, onNavigate }: { place: Place; onNavigate: (() => void) | undefined }) {
  const project = useProject()
  const Icon = place.icon
  return (
    <li>
      <Link
        to={place.to}
        params={{ project: project.slug }}
        activeOptions={{ exact: place.to === '/p/$project', includeSearch: false }}
        onClick={onNavigate}
        className="flex h-8 items-center gap-2.5 rounded-md px-2 text-ink-soft hover:bg-hover hover:text-ink pointer-coarse:h-11"
        activeProps={{ className: 'bg-accent-soft! text-accent! font-medium' }}
      >
        <Icon className="size-4" strokeWidth={1.75} aria-hidden="true" />
        {place.label}
      </Link>
    </li>
  )
}
