import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { KeyRound } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useProject } from '../app/client.tsx'
import { CountedCriteria } from '../features/overview/counted-criteria.tsx'
import { loopStations, type NextStep, type Station } from '../features/overview/loop.ts'
import { LoopPicture } from '../features/overview/loop-picture.tsx'
import { NextStepPanel } from '../features/overview/next-step-panel.tsx'
import { Onboarding } from '../features/overview/onboarding.tsx'
import { OverviewFilters } from '../features/overview/overview-filters.tsx'
import type { OverviewSearch } from '../features/overview/overview-window.ts'
import { OverviewSkeleton } from '../features/overview/overview-skeleton.tsx'
import { useHasTraces, useOverview } from '../features/overview/use-overview.ts'
import { Volume } from '../features/overview/volume.tsx'
import { populationOf, type PopulationSearch } from '../features/population/population-search.ts'
import { useRewardModels } from '../features/rewards/use-reward-models.ts'
import { NewKeyDialog } from '../features/settings/new-key-dialog.tsx'
import { PopulationScores, type TraceFilter } from './home-page/population-scores.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { formatSince } from '../ui/format-time.ts'
import { Page, PageHeader } from '../ui/page-header.tsx'

/** The project's first page: the loop with its next step, and the overview; or, before the first trace, how to send it. */
export function HomePage() {
  const project = useProject()
  const hasTraces = useHasTraces()
  return (
    <Page>
      {hasTraces.data === false ? (
        <EmptyProject />
      ) : hasTraces.isError ? (
        <ErrorState title="The project could not be loaded." error={hasTraces.error} onRetry={() => void hasTraces.refetch()} />
      ) : (
        <Overview name={project.name} />
      )}
    </Page>
  )
}

function EmptyProject() {
  const project = useProject()
  const [isMaking, setIsMaking] = useState(false)
  return (
    <>
      <PageHeader
        title={project.name}
        windowTitle="Home"
        description="Nothing has come in yet. Three steps, and the loop begins to turn."
      />
      <Onboarding
        origin={window.location.origin}
        newKey={
          <Button variant="primary" icon={<KeyRound className="size-3.5" aria-hidden="true" />} onClick={() => setIsMaking(true)}>
            Make a key
          </Button>
        }
      />
      {isMaking && <NewKeyDialog onClose={() => setIsMaking(false)} onCreated={() => undefined} />}
    </>
  )
}

function Overview({ name }: { name: string }) {
  const { slug } = useProject()
  const { population, strata, target, ...search } = useSearch({ from: '/p/$project/' })
  const asked = populationOf({ population, strata, target })
  const navigate = useNavigate({ from: '/p/$project/' })
  const go = (next: OverviewSearch & PopulationSearch) => void navigate({ search: next, replace: true, resetScroll: false })
  // The loop counts what was judged, whatever population its scores are shown for.
  const overview = useOverview(search)
  const models = useRewardModels()
  const openTraces = (filter: TraceFilter) => void navigate({ to: '/p/$project/traces', params: { project: slug }, search: filter })

  return (
    <>
      <PageHeader
        title={name}
        windowTitle="Home"
        actions={<OverviewFilters search={search} onChange={(next) => go({ ...next, ...asked })} />}
      />
      {overview.isPending && <OverviewSkeleton />}
      {overview.isError && (
        <ErrorState title="The overview could not be loaded." error={overview.error} onRetry={() => void overview.refetch()} />
      )}
      {overview.data !== undefined && (
        <div className={overview.isPlaceholderData ? 'opacity-60 transition-opacity' : undefined}>
          <div className="mb-10">
            <LoopPicture
              stations={loopStations({ overview: overview.data, models: models.data ?? null })}
              centre={
                <NextStepPanel
                  state={{ overview: overview.data, models: models.data ?? null }}
                  action={(step) => <StepAction step={step} slug={slug} />}
                />
              }
              linked={(step, figure) => (
                <StationLink step={step} slug={slug}>
                  {figure}
                </StationLink>
              )}
            />
          </div>
          <div id="figures" />
          {overview.data.ageMs > 0 && (
            <p className="mb-3 text-note text-ink-faint">
              Counted {formatSince(new Date(overview.dataUpdatedAt - overview.data.ageMs).toISOString(), overview.dataUpdatedAt)}; what came
              since is being counted.
            </p>
          )}
          <Volume overview={overview.data} onOpenBucket={(from, to) => openTraces({ from, to })} />
          <PopulationScores search={search} population={asked} onChange={(next) => go({ ...search, ...next })} onOpen={openTraces} />
          <CountedCriteria criteria={overview.data.criteria.filter(({ kind }) => kind === 'flag')} />
        </div>
      )}
    </>
  )
}

const figureLinkClass = 'rounded-sm underline-offset-4 decoration-line-strong hover:underline'

function StationLink({ step, slug, children }: { step: Station['step']; slug: string; children: ReactNode }) {
  const params = { project: slug }
  if (step === 'Collect' || step === 'Watch')
    return (
      <Link to="/p/$project/traces" params={params} search={step === 'Watch' ? { status: 'error' } : {}} className={figureLinkClass}>
        {children}
      </Link>
    )
  if (step === 'Review')
    return (
      <Link to="/p/$project/queues" params={params} className={figureLinkClass}>
        {children}
      </Link>
    )
  if (step === 'Trust')
    return (
      <Link to="/p/$project/agreement" params={params} className={figureLinkClass}>
        {children}
      </Link>
    )
  if (step === 'Learn')
    return (
      <Link to="/p/$project/rewards" params={params} className={figureLinkClass}>
        {children}
      </Link>
    )
  return <p>{children}</p>
}

function StepAction({ step, slug }: { step: NextStep; slug: string }) {
  const className = buttonClass('primary')
  const params = { project: slug }
  if (step.kind === 'train')
    return (
      <Link to="/p/$project/rewards" params={params} className={className}>
        {step.action}
      </Link>
    )
  if (step.kind === 'decide')
    return (
      <a href="#figures" className={className}>
        {step.action}
      </a>
    )
  const feedback = { 'ask-users': 'none', judge: 'none', 'second-opinion': 'any', improve: 'negative' }[step.kind]
  return (
    <Link to="/p/$project/traces" params={params} search={{ feedback }} className={className}>
      {step.action}
    </Link>
  )
}
