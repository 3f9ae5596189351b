import { useNavigate } from '@tanstack/react-router'
import { ChevronsUpDown, Plus } from 'lucide-react'
import { Menu } from '../ui/menu.tsx'
import { useProject } from './client.tsx'
import { useSession } from './session.ts'

/** Which project this is, and the way to the others. */
export function ProjectSwitcher() {
  const project = useProject()
  const { projects } = useSession()
  const navigate = useNavigate()
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex h-9 w-full items-center justify-between gap-2 rounded-md border border-line bg-surface px-2.5 text-left font-medium hover:bg-hover pointer-coarse:h-11"
        >
          <span className="truncate">
            <span className="sr-only">Project: </span>
            {project.name}
          </span>
          <ChevronsUpDown className="size-3.5 shrink-0 text-ink-faint" aria-hidden="true" />
        </button>
      }
      entries={[
        ...projects.map(({ slug, name }) => ({
          label: name,
          checked: slug === project.slug,
          onSelect: () => void navigate({ to: '/p/$project', params: { project: slug } }),
        })),
        ...(project.role === 'reviewer'
          ? []
          : [
              'separator' as const,
              {
                label: 'New project',
                icon: <Plus aria-hidden="true" />,
                onSelect: () => void navigate({ to: '/projects/new' }),
              },
            ]),
      ]}
    />
  )
}
