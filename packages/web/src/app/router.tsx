import { feedbackFilterOf } from '../features/feedback/feedback-query.ts'
import { type OverviewSearch, parseOverviewSearch } from '../features/overview/overview-window.ts'
import { parseQualitySearch, type QualitySearch } from '../features/quality/quality-search.ts'
import { parsePopulationSearch, type PopulationSearch } from '../features/population/population-search.ts'
import { traceFilterOf } from '../features/traces/trace-filter.ts'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { mayOpen } from './place.ts'
import { queryClient } from './query-client.ts'
import { RouteError } from './route-error.tsx'
import { RouteMissing } from './route-missing.tsx'
import { homeProject, rememberProject, sessionQuery } from './session.ts'
import { Shell } from './shell.tsx'

const session = () => queryClient.ensureQueryData(sessionQuery)
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const qualityOfPopulation = (search: Record<string, unknown>): QualitySearch & PopulationSearch => ({
  ...parseQualitySearch(search),
  ...parsePopulationSearch(search),
})

const root = createRootRoute({ errorComponent: RouteError, notFoundComponent: RouteMissing })

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async () => {
    const info = await session()
    if (info.setupNeeded) throw redirect({ to: '/setup' })
    if (info.person === null) throw redirect({ to: '/sign-in' })
    if (info.person.mustChangePassword) throw redirect({ to: '/password' })
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

const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  beforeLoad: async () => {
    if ((await session()).person === null) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('../pages/password-page.tsx'), 'PasswordPage'),
})

const newProject = createRoute({
  getParentRoute: () => root,
  path: '/projects/new',
  beforeLoad: async () => {
    if ((await session()).person === null) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('../pages/new-project-page.tsx'), 'NewProjectPage'),
})

/** Lets in who is signed in; reviewers to their queues alone. */
async function enterProject({ params, location }: { params: { project: string }; location: { href: string; pathname: string } }) {
  const info = await session()
  if (info.setupNeeded) throw redirect({ to: '/setup' })
  if (info.person === null) throw redirect({ to: '/sign-in', search: { next: location.href } })
  if (info.person.mustChangePassword) throw redirect({ to: '/password' })
  const found = info.projects.find(({ slug }) => slug === params.project)
  if (found === undefined) return
  rememberProject(params.project)
  if (!mayOpen(found.role, location.pathname)) throw redirect({ to: '/p/$project/review', params })
}

/** Everything inside a project: signed in, the project found by its slug, the rail around the page. */
const project = createRoute({
  getParentRoute: () => root,
  path: '/p/$project',
  beforeLoad: ({ params, location }) => enterProject({ params, location }),
  component: Shell,
})

const home = createRoute({
  getParentRoute: () => project,
  path: '/',
  validateSearch: (search): OverviewSearch & PopulationSearch => ({ ...parseOverviewSearch(search), ...parsePopulationSearch(search) }),
  component: lazyRouteComponent(() => import('../pages/home-page.tsx'), 'HomePage'),
})
const traces = createRoute({
  getParentRoute: () => project,
  path: 'traces',
  validateSearch: traceFilterOf,
  component: lazyRouteComponent(() => import('../pages/traces-page.tsx'), 'TracesPage'),
})
const trace = createRoute({
  getParentRoute: () => project,
  path: 'traces/$traceId',
  /** `span`: the span to show. */
  validateSearch: (search): { span?: string } => {
    const span = text(search['span'])
    return span === undefined ? {} : { span }
  },
  component: lazyRouteComponent(() => import('../pages/trace-page.tsx'), 'TracePage'),
})
const sessions = createRoute({
  getParentRoute: () => project,
  path: 'sessions',
  validateSearch: (search): { userId?: string } => {
    const userId = text(search['userId'])
    return userId === undefined ? {} : { userId }
  },
  component: lazyRouteComponent(() => import('../pages/sessions-page.tsx'), 'SessionsPage'),
})
const sessionPage = createRoute({
  getParentRoute: () => project,
  path: 'sessions/$sessionId',
  component: lazyRouteComponent(() => import('../pages/session-page.tsx'), 'SessionPage'),
})
const feedback = createRoute({
  getParentRoute: () => project,
  path: 'feedback',
  validateSearch: feedbackFilterOf,
  component: lazyRouteComponent(() => import('../pages/feedback-page.tsx'), 'FeedbackPage'),
})
const queues = createRoute({
  getParentRoute: () => project,
  path: 'queues',
  component: lazyRouteComponent(() => import('../pages/queues-page.tsx'), 'QueuesPage'),
})
const newQueue = createRoute({
  getParentRoute: () => project,
  path: 'queues/new',
  component: lazyRouteComponent(() => import('../pages/new-queue-page.tsx'), 'NewQueuePage'),
})
const queue = createRoute({
  getParentRoute: () => project,
  path: 'queues/$queueId',
  /** `tab`: the part of the page that shows. */
  validateSearch: (search): { tab?: string } => {
    const tab = text(search['tab'])
    return tab === undefined ? {} : { tab }
  },
  component: lazyRouteComponent(() => import('../pages/queue-page.tsx'), 'QueuePage'),
})
const queueItem = createRoute({
  getParentRoute: () => project,
  path: 'queues/$queueId/items/$itemId',
  component: lazyRouteComponent(() => import('../pages/queue-item-page.tsx'), 'QueueItemPage'),
})
const guidelines = createRoute({
  getParentRoute: () => project,
  path: 'guidelines',
  component: lazyRouteComponent(() => import('../pages/guidelines-page.tsx'), 'GuidelinesPage'),
})
const newGuideline = createRoute({
  getParentRoute: () => project,
  path: 'guidelines/new',
  component: lazyRouteComponent(() => import('../pages/new-guideline-page.tsx'), 'NewGuidelinePage'),
})
const guideline = createRoute({
  getParentRoute: () => project,
  path: 'guidelines/$guidelineId',
  component: lazyRouteComponent(() => import('../pages/guideline-page.tsx'), 'GuidelinePage'),
})
const rubrics = createRoute({
  getParentRoute: () => project,
  path: 'rubrics',
  component: lazyRouteComponent(() => import('../pages/rubrics-page.tsx'), 'RubricsPage'),
})
const newRubric = createRoute({
  getParentRoute: () => project,
  path: 'rubrics/new',
  component: lazyRouteComponent(() => import('../pages/new-rubric-page.tsx'), 'NewRubricPage'),
})
const rubric = createRoute({
  getParentRoute: () => project,
  path: 'rubrics/$rubricId',
  component: lazyRouteComponent(() => import('../pages/rubric-page.tsx'), 'RubricPage'),
})
const agreement = createRoute({
  getParentRoute: () => project,
  path: 'agreement',
  validateSearch: qualityOfPopulation,
  component: lazyRouteComponent(() => import('../pages/agreement-page.tsx'), 'AgreementPage'),
})
const judged = createRoute({
  getParentRoute: () => project,
  path: 'judged',
  validateSearch: parseQualitySearch,
  component: lazyRouteComponent(() => import('../pages/judged-page.tsx'), 'JudgedPage'),
})
const reviewers = createRoute({
  getParentRoute: () => project,
  path: 'reviewers',
  validateSearch: parseQualitySearch,
  component: lazyRouteComponent(() => import('../pages/reviewers-page.tsx'), 'ReviewersPage'),
})
const bias = createRoute({
  getParentRoute: () => project,
  path: 'bias',
  validateSearch: parseQualitySearch,
  component: lazyRouteComponent(() => import('../pages/bias-page.tsx'), 'BiasPage'),
})
const coverage = createRoute({
  getParentRoute: () => project,
  path: 'coverage',
  validateSearch: qualityOfPopulation,
  component: lazyRouteComponent(() => import('../pages/coverage-page.tsx'), 'CoveragePage'),
})
const rewards = createRoute({
  getParentRoute: () => project,
  path: 'rewards',
  component: lazyRouteComponent(() => import('../pages/rewards-page.tsx'), 'RewardsPage'),
})
const rewardModel = createRoute({
  getParentRoute: () => project,
  path: 'rewards/$modelId',
  component: lazyRouteComponent(() => import('../pages/reward-model-page.tsx'), 'RewardModelPage'),
})
const datasets = createRoute({
  getParentRoute: () => project,
  path: 'datasets',
  component: lazyRouteComponent(() => import('../pages/datasets-page.tsx'), 'DatasetsPage'),
})
const dataset = createRoute({
  getParentRoute: () => project,
  path: 'datasets/$datasetId',
  component: lazyRouteComponent(() => import('../pages/dataset-page.tsx'), 'DatasetPage'),
})
const settings = createRoute({
  getParentRoute: () => project,
  path: 'settings',
  component: lazyRouteComponent(() => import('../pages/settings-page.tsx'), 'SettingsPage'),
})
const reviews = createRoute({
  getParentRoute: () => project,
  path: 'review',
  component: lazyRouteComponent(() => import('../pages/my-reviews-page.tsx'), 'MyReviewsPage'),
})
/** A reviewer at work: the whole window is theirs, without the rail. */
const review = createRoute({
  getParentRoute: () => root,
  path: '/p/$project/review/$queueId',
  beforeLoad: ({ params, location }) => enterProject({ params, location }),
  component: lazyRouteComponent(() => import('../pages/review-page.tsx'), 'ReviewPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    setup,
    signIn,
    password,
    newProject,
    review,
    project.addChildren([
      home,
      reviews,
      traces,
      trace,
      sessions,
      sessionPage,
      feedback,
      queues,
      newQueue,
      queue,
      queueItem,
      guidelines,
      newGuideline,
      guideline,
      rubrics,
      newRubric,
      rubric,
      agreement,
      judged,
      reviewers,
      bias,
      coverage,
      rewards,
      rewardModel,
      datasets,
      dataset,
      settings,
    ]),
  ]),
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
