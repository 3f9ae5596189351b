import { Link } from '@tanstack/react-router'
import {
  ArrowLeft,
  BookOpen,
  Bookmark,
  Columns2,
  Diff,
  Ellipsis,
  FileText,
  Flag,
  Keyboard,
  Redo2,
  RotateCcw,
  Search,
  SkipForward,
  Undo2,
} from 'lucide-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { DeskSession } from './desk-session.ts'
import type { DeskState } from './desk-state.ts'
import { LeaseTimer } from './lease-timer.tsx'
import { SaveNote } from './save-note.tsx'
import type { DeskView } from './use-desk-view.ts'
import type { DeskKeys } from './use-own-keys.ts'

export type DeskBarProps = {
  project: string
  session: DeskSession
  state: DeskState
  keys: DeskKeys
  view: DeskView
  onOverlay: (overlay: 'skip' | 'report' | 'keys') => void
  onSimilar: () => void
}

/** The line above the work: where one is, how far, whether it is saved, how long the item is one's own, and what can be done with it. */
export function DeskBar({ project, session, state, keys, view, onOverlay, onSimilar }: DeskBarProps) {
  const { desk, judged, left } = state
  const work = state.held[state.at]
  const draft = work === undefined ? undefined : state.drafts.get(work.lease.id)
  const hasGuideline = desk !== null && (desk.guideline !== null || desk.instructions !== '')
  const isPair = (work?.outputs.length ?? 0) > 1
  const icon = 'size-4'
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-paper">
      <div className="flex h-12 items-center gap-2 px-2 sm:gap-3 sm:px-4">
        <Link
          to="/p/$project/review"
          params={{ project }}
          aria-label="To my queues"
          className="rounded-md p-2 text-ink-soft hover:bg-hover hover:text-ink"
        >
          <ArrowLeft className={icon} aria-hidden="true" />
        </Link>
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">{desk?.name ?? ' '}</p>
          {desk !== null && (
            <p className="truncate text-note text-ink-faint">
              <span aria-live="polite">
                {judged} judged, {left} left
              </span>
              {state.held.length > 1 && (
                <span className="max-sm:hidden">
                  {' '}
                  · {state.at + 1} of {state.held.length} in hand
                </span>
              )}
            </p>
          )}
        </div>
        <SaveNote
          state={work === undefined ? undefined : state.saved.get(work.lease.id)}
          outgoing={state.outgoing}
          isReachable={state.isReachable}
        />
        {work !== undefined && (
          <LeaseTimer
            expiresAt={work.lease.expiresAt}
            offset={state.offset}
            isExpired={state.expired.has(work.lease.id)}
            shortcut={keys.keys('extend')}
            onExtend={() => void session.extend()}
          />
        )}
        <div className="flex items-center gap-0.5 max-lg:hidden">
          <IconButton
            label="Undo"
            shortcut={keys.keys('undo')}
            disabled={draft === undefined || draft.past.length === 0}
            onClick={() => session.undo()}
          >
            <Undo2 className={icon} aria-hidden="true" />
          </IconButton>
          <IconButton
            label="Redo"
            shortcut={keys.keys('redo')}
            disabled={draft === undefined || draft.future.length === 0}
            onClick={() => session.redo()}
          >
            <Redo2 className={icon} aria-hidden="true" />
          </IconButton>
          <IconButton label="Raw text" shortcut={keys.keys('raw')} pressed={view.isRaw} onClick={() => view.setRaw(!view.isRaw)}>
            <FileText className={icon} aria-hidden="true" />
          </IconButton>
          {isPair && (
            <>
              <IconButton
                label="Differences"
                shortcut={keys.keys('differences')}
                pressed={view.showsDifferences}
                onClick={() => view.setDifferences(!view.showsDifferences)}
              >
                <Diff className={icon} aria-hidden="true" />
              </IconButton>
              <IconButton label="Scroll the sides together" pressed={view.isSynced} onClick={() => view.setSynced(!view.isSynced)}>
                <Columns2 className={icon} aria-hidden="true" />
              </IconButton>
            </>
          )}
          <IconButton
            label="Bookmark"
            shortcut={keys.keys('bookmark')}
            pressed={work?.bookmarked === true}
            disabled={work === undefined}
            onClick={() => void session.bookmark()}
          >
            <Bookmark className={icon} aria-hidden="true" />
          </IconButton>
        </div>
        {hasGuideline && (
          <Button
            icon={<BookOpen className="size-3.5" aria-hidden="true" />}
            shortcut={keys.keys('guideline')}
            aria-pressed={view.showsGuideline}
            onClick={() => view.setGuideline(!view.showsGuideline)}
            className="max-md:hidden"
          >
            Guideline
          </Button>
        )}
        <Button
          icon={<SkipForward className="size-3.5" aria-hidden="true" />}
          shortcut={keys.keys('skip')}
          disabled={work === undefined}
          onClick={() => onOverlay('skip')}
          className="max-sm:hidden"
        >
          Skip
        </Button>
        <Menu
          align="end"
          trigger={
            <button
              type="button"
              aria-label="More to do"
              className="rounded-md p-2 text-ink-soft hover:bg-hover hover:text-ink data-popup-open:bg-hover"
            >
              <Ellipsis className={icon} aria-hidden="true" />
            </button>
          }
          entries={[
            {
              label: 'Skip',
              icon: <SkipForward />,
              shortcut: keys.keys('skip'),
              disabled: work === undefined,
              onSelect: () => onOverlay('skip'),
            },
            {
              label: 'Report a problem',
              icon: <Flag />,
              shortcut: keys.keys('report'),
              disabled: work === undefined,
              onSelect: () => onOverlay('report'),
            },
            {
              label: 'Bookmark',
              icon: <Bookmark />,
              shortcut: keys.keys('bookmark'),
              disabled: work === undefined,
              checked: work?.bookmarked === true,
              onSelect: () => void session.bookmark(),
            },
            {
              label: 'Open the last submitted again',
              icon: <RotateCcw />,
              shortcut: keys.keys('reopen'),
              onSelect: () => void session.reopen(),
            },
            'separator',
            {
              label: 'Undo',
              icon: <Undo2 />,
              shortcut: keys.keys('undo'),
              disabled: draft === undefined || draft.past.length === 0,
              onSelect: () => session.undo(),
            },
            {
              label: 'Redo',
              icon: <Redo2 />,
              shortcut: keys.keys('redo'),
              disabled: draft === undefined || draft.future.length === 0,
              onSelect: () => session.redo(),
            },
            'separator',
            {
              label: 'Raw text',
              icon: <FileText />,
              shortcut: keys.keys('raw'),
              checked: view.isRaw,
              onSelect: () => view.setRaw(!view.isRaw),
            },
            ...(isPair
              ? [
                  {
                    label: 'Differences',
                    icon: <Diff />,
                    shortcut: keys.keys('differences'),
                    checked: view.showsDifferences,
                    onSelect: () => view.setDifferences(!view.showsDifferences),
                  },
                  {
                    label: 'Scroll the sides together',
                    icon: <Columns2 />,
                    checked: view.isSynced,
                    onSelect: () => view.setSynced(!view.isSynced),
                  },
                ]
              : []),
            ...(!hasGuideline
              ? []
              : [
                  {
                    label: 'Guideline',
                    icon: <BookOpen />,
                    shortcut: keys.keys('guideline'),
                    checked: view.showsGuideline,
                    onSelect: () => view.setGuideline(!view.showsGuideline),
                  },
                ]),
            {
              label: 'Similar items',
              icon: <Search />,
              shortcut: keys.keys('similar'),
              disabled: work === undefined,
              onSelect: onSimilar,
            },
            { label: 'Change the keys', icon: <Keyboard />, onSelect: () => onOverlay('keys') },
          ]}
        />
      </div>
      <progress
        aria-label="Share of your items that are judged"
        max={Math.max(1, judged + left)}
        value={judged}
        className="absolute inset-x-0 -bottom-px block h-0.5 w-full appearance-none bg-transparent [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:bg-accent"
      />
    </header>
  )
}
