import { Check, CloudOff, CloudUpload } from 'lucide-react'
import { formatClock } from '../../ui/format-time.ts'
import type { SaveState } from './draft-keeper.ts'
import type { Outgoing } from './outbox.ts'

export type SaveNoteProps = { state: SaveState | undefined; outgoing: readonly Outgoing[]; isReachable: boolean }

/** Where the work is at this moment: always in view. */
export function SaveNote({ state, outgoing, isReachable }: SaveNoteProps) {
  const waiting = outgoing.filter(({ problem }) => problem === null).length
  const isAway = !isReachable && (waiting > 0 || state?.where === 'device')
  const { text, icon: Icon } = isAway
    ? { text: waiting > 0 ? `${waiting} to send` : `Kept here ${state?.where === 'device' ? formatClock(state.at) : ''}`, icon: CloudOff }
    : state?.where === 'pending'
      ? { text: 'Saving', icon: CloudUpload }
      : state?.where === 'server'
        ? { text: `Saved ${formatClock(state.at)}`, icon: Check }
        : state?.where === 'device'
          ? { text: `Kept here ${formatClock(state.at)}`, icon: CloudOff }
          : { text: 'Nothing to save', icon: Check }
  return (
    <span
      className="flex shrink-0 items-center gap-1 text-note text-ink-faint"
      title={isAway ? 'The server cannot be reached. Your work is on this machine and is sent by itself.' : ''}
    >
      <Icon className="size-3.5" aria-hidden="true" />
      <span className="max-sm:sr-only">{text}</span>
    </span>
  )
}
