import type { Role } from '@plaudit/sdk'
import {
  BookOpenText,
  ClipboardCheck,
  Compass,
  Database,
  GraduationCap,
  House,
  Inbox,
  ListChecks,
  ListTree,
  type LucideIcon,
  MessageSquareText,
  MessagesSquare,
  PieChart,
  Scale,
  Settings,
  Users,
} from 'lucide-react'

/** The steps of the loop, in its order: the rail's headings. */
export const steps = ['Collect', 'Review', 'Trust', 'Learn', 'Guide', 'Watch'] as const
export type Step = (typeof steps)[number]

/** A page in the rail: `key` is the letter after `g`, `step` its part of the loop. */
type PlaceRow = { to: string; label: string; key: string; step: Step | null; icon: LucideIcon }

/** The pages of a project, in the order of the rail. A new page is a line here and a route in `router.tsx`. */
export const places = [
  { to: '/p/$project', label: 'Home', key: 'h', step: null, icon: House },
  { to: '/p/$project/traces', label: 'Traces', key: 't', step: 'Collect', icon: ListTree },
  { to: '/p/$project/sessions', label: 'Sessions', key: 'e', step: 'Collect', icon: MessagesSquare },
  { to: '/p/$project/feedback', label: 'Feedback', key: 'f', step: 'Collect', icon: MessageSquareText },
  { to: '/p/$project/review', label: 'My reviews', key: 'm', step: 'Review', icon: ClipboardCheck },
  { to: '/p/$project/queues', label: 'Queues', key: 'q', step: 'Review', icon: Inbox },
  { to: '/p/$project/guidelines', label: 'Guidelines', key: 'd', step: 'Review', icon: BookOpenText },
  { to: '/p/$project/rubrics', label: 'Rubrics', key: 'c', step: 'Review', icon: ListChecks },
  { to: '/p/$project/agreement', label: 'Agreement', key: 'a', step: 'Trust', icon: Scale },
  { to: '/p/$project/reviewers', label: 'Reviewers', key: 'w', step: 'Trust', icon: Users },
  { to: '/p/$project/bias', label: 'Bias', key: 'i', step: 'Trust', icon: Compass },
  { to: '/p/$project/coverage', label: 'Coverage', key: 'o', step: 'Trust', icon: PieChart },
  { to: '/p/$project/datasets', label: 'Data sets', key: 'b', step: 'Learn', icon: Database },
  { to: '/p/$project/rewards', label: 'Reward models', key: 'r', step: 'Learn', icon: GraduationCap },
  { to: '/p/$project/settings', label: 'Settings', key: 's', step: null, icon: Settings },
] as const satisfies readonly PlaceRow[]
export type Place = Omit<(typeof places)[number], 'label'> & { label: string }

const reviewerPlaces: readonly string[] = ['/p/$project/review', '/p/$project/reviewers']

/** The pages that somebody has: reviewers have their queues, their own figures, and nothing else. */
export function placesFor(role: Role | null): readonly Place[] {
  if (role !== 'reviewer') return places
  return places
    .filter(({ to }) => reviewerPlaces.includes(to))
    .map((place) => (place.to === '/p/$project/reviewers' ? { ...place, label: 'My figures' } : place))
}

/** Whether somebody may open an address of a project: reviewers their own pages and what lies below them. */
export function mayOpen(role: Role | null, pathname: string): boolean {
  if (role !== 'reviewer') return true
  const page = pathname.split('/').slice(3).join('/')
  return placesFor(role).some(({ to }) => {
    const own = to.split('/').slice(3).join('/')
    return page === own || page.startsWith(`${own}/`)
  })
}
