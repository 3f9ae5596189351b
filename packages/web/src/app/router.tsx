import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { queryClient } from './query-client.ts'
import { RouteError } from './route-error.tsx'
import { RouteMissing } from './route-missing.tsx'
import { homeProject, rememberProject, sessionQuery } from './session.ts'
import { Shell } from './shell.tsx'

const session = () => queryClient.ensureQueryData(sessionQuery)
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const root = createRootRoute({ errorComponent: RouteError, notFoundComponent: RouteMissing })

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async () => {
    const info = await session()
    if (info.setupNeeded) throw redirect({ to: '/setup' })
    if (info.person === null) throw redirect({ to: '/sign-in' })
    const project = homeProject(info)
    throw project === undefined ? redirect({ to: '/projects/new' }) : redirect({ to: '/p/$project', params: { project: project.slug } })
  },
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async () => {
    if (!(await session()).setupNeeded) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('../pages/setup-page.tsx'), 'SetupPage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  /** `next`: the address that was asked for before signing in. */
  validateSearch: (search): { next?: string } => {
    const next = text(search['next'])
    return next?.startsWith('/p/') === true ? { next } : {}
  },
  beforeLoad: async () => {
    const info = await session()
    if (info.setupNeeded) throw redirect({ to: '/setup' })
    if (info.person !== null) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('../pages/sign-in-page.tsx'), 'SignInPage'),
})

const newProject = createRoute({
  getParentRoute: () => root,
  path: '/projects/new',
  beforeLoad: async () => {
    if ((await session()).person === null) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('../pages/new-project-page.tsx'), 'NewProjectPage'),
})

/** Everything inside a project: signed in, the project found by its slug, the rail around the page. */
const project = createRoute({
  getParentRoute: () => root,
  path: '/p/$project',
  beforeLoad: async ({ params, location }) => {
    const info = await session()
    if (info.setupNeeded) throw redirect({ to: '/setup' })
    if (info.person === null) throw redirect({ to: '/sign-in', search: { next: location.href } })
    if (info.projects.some(({ slug }) => slug === params.project)) rememberProject(params.project)
  },
  component: Shell,
})

const home = createRoute({
  getParentRoute: () => project,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/home-page.tsx'), 'HomePage'),
})

const settings = createRoute({
  getParentRoute: () => project,
  path: 'settings',
  component: lazyRouteComponent(() => import('../pages/settings-page.tsx'), 'SettingsPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([start, setup, signIn, newProject, project.addChildren([home, settings])]),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  scrollRestoration: true,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: RouteMissing,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
