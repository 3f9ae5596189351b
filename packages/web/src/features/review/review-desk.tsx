import { useProject } from '../../app/client.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { cx } from '../../ui/cx.ts'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { useState } from 'react'
import { DeskBar } from './desk-bar.tsx'
import { DeskNotices } from './desk-notices.tsx'
import { DeskEnd } from './desk-end.tsx'
import { mustRead } from './item-supply.ts'
import { GuidelinePanel } from './guideline-panel.tsx'
import type { ContentViews } from './item-content.tsx'
import { ItemView } from './item-view.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { type DeskAction, deskActions } from './key-map.ts'
import { PresentationLog } from './presentation-log.ts'
import { ReportDialog } from './report-dialog.tsx'
import { SimilarPanel } from './similar-panel.tsx'
import { SkipDialog } from './skip-dialog.tsx'
import { useDeskLock } from './use-desk-lock.ts'
import { useDeskSession, useOwner } from './use-desk-session.ts'
import { useDeskView } from './use-desk-view.ts'
import { useOwnKeys } from './use-own-keys.ts'
import { ElsewhereNote } from './elsewhere-note.tsx'

export type ReviewDeskProps = { queueId: string; views: ContentViews }

/** A reviewer's place at a queue. One window at a time works there; another one offers to take over. */
export function ReviewDesk({ queueId, views }: ReviewDeskProps) {
  const lock = useDeskLock(`${useOwner()}.${queueId}`)
  if (lock.state === 'waiting') return null
  if (lock.state === 'elsewhere') return <ElsewhereNote onTakeOver={lock.takeOver} />
  return <OpenDesk queueId={queueId} views={views} />
}

type Overlay = 'skip' | 'report' | 'keys' | null

function OpenDesk({ queueId, views }: ReviewDeskProps) {
  const project = useProject()
  const { session, state } = useDeskSession(queueId)
  const keys = useOwnKeys()
  const { desk } = state
  const work = state.held[state.at]
  const draft = work === undefined ? undefined : state.drafts.get(work.lease.id)
  const [log] = useState(() => new PresentationLog())
  const [overlay, setOverlay] = useState<Overlay>(null)
  const needsReading = desk !== null && mustRead(desk)
  const view = useDeskView(desk?.rubric.criteria.some(({ type }) => type === 'mark') === true)
  const hasGuideline = desk !== null && (desk.guideline !== null || desk.instructions !== '')
  // The lease for whose item similar ones are shown. Another item in view ends that, so that nothing is revealed that was not asked for.
  const [similarTo, setSimilarTo] = useState<string | null>(null)
  if (similarTo !== null && similarTo !== work?.lease.id) setSimilarTo(null)
  const showsSimilar = work !== undefined && similarTo === work.lease.id && !needsReading
  const showsGuideline = hasGuideline && !showsSimilar && (view.showsGuideline || needsReading)
  const toggleSimilar = () => setSimilarTo(showsSimilar ? null : (work?.lease.id ?? null))

  const onItem = (run: () => void) => () => {
    if (work !== undefined) run()
  }
  const bindings: Partial<Record<DeskAction, () => void>> = {
    skip: onItem(() => setOverlay('skip')),
    next: () => session.move(1),
    previous: () => session.move(-1),
    reopen: () => void session.reopen(),
    extend: onItem(() => void session.extend()),
    bookmark: onItem(() => void session.bookmark()),
    report: onItem(() => setOverlay('report')),
    raw: () => view.setRaw(!view.isRaw),
    differences: onItem(() => view.setDifferences(!view.showsDifferences)),
    guideline: () => {
      setSimilarTo(null)
      view.setGuideline(showsSimilar || !view.showsGuideline)
    },
    similar: onItem(toggleSimilar),
  }
  useHotkeys(
    Object.entries(bindings).map(([name, run]) => {
      const action = name as DeskAction
      return { keys: keys.keys(action), label: deskActions[action].label, group: deskActions[action].group, run }
    }),
  )

  if (state.problem !== null)
    return (
      <main id="main" className="p-6">
        <ErrorState title="The queue could not be opened." error={new Error(state.problem)} onRetry={() => void session.open()} />
      </main>
    )
  return (
    <div className="flex min-h-dvh flex-col">
      <title>{`${desk?.name ?? 'Review'} · Plaudit`}</title>
      <DeskBar
        project={project.slug}
        session={session}
        state={state}
        keys={keys}
        view={view}
        onOverlay={setOverlay}
        onSimilar={toggleSimilar}
      />
      <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-4 py-4 outline-none sm:px-6">
        <h1 className="sr-only">{desk?.name ?? 'Review'}</h1>
        <DeskNotices session={session} state={state} work={work} />
        <div
          className={cx(
            (showsGuideline || showsSimilar) &&
              (work === undefined ? 'mx-auto max-w-2xl' : 'grid gap-x-8 gap-y-5 xl:grid-cols-[minmax(16rem,22rem)_minmax(0,1fr)]'),
          )}
        >
          {showsGuideline && (
            <GuidelinePanel
              guideline={desk.guideline}
              instructions={desk.instructions}
              before={desk.acknowledgedBody}
              mustRead={needsReading}
              isAlone={work === undefined}
              isFirst={desk.acknowledgedVersion === null}
              shortcut={keys.keys('guideline')}
              onAcknowledged={() => void session.acknowledged()}
              onClose={() => view.setGuideline(false)}
            />
          )}
          {showsSimilar && desk !== null && (
            <SimilarPanel
              work={work}
              criteria={desk.rubric.criteria}
              shortcut={keys.keys('similar')}
              reopenKey={keys.keys('reopen')}
              onClose={() => setSimilarTo(null)}
            />
          )}
          {work !== undefined && draft !== undefined && desk !== null ? (
            <ItemView
              key={work.lease.id}
              work={work}
              desk={desk}
              draft={draft}
              session={session}
              keys={keys}
              view={view}
              views={views}
              log={log}
              onSkip={() => setOverlay('skip')}
            />
          ) : (
            !needsReading && <DeskEnd state={state} project={project.slug} />
          )}
        </div>
      </main>
      <SkipDialog
        open={overlay === 'skip'}
        onOpenChange={(open) => setOverlay(open ? 'skip' : null)}
        onSkip={(reason, note) => session.skip(reason, note)}
      />
      <ReportDialog
        open={overlay === 'report'}
        onOpenChange={(open) => setOverlay(open ? 'report' : null)}
        onReport={(note) => session.report(note)}
      />
      <KeyDialog open={overlay === 'keys'} onOpenChange={(open) => setOverlay(open ? 'keys' : null)} keys={keys} />
    </div>
  )
}
