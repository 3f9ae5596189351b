import type { ReactNode } from 'react'
import { useWidth } from '../../ui/chart/use-width.ts'
import { cx } from '../../ui/cx.ts'
import { LinkNote } from './link-note.tsx'
import type { Station } from './loop.ts'
import { LoopTrack } from './loop-track.tsx'

/** Below this width the loop is drawn as a line down the page. */
const roundFrom = 820

export type LoopPictureProps = {
  stations: readonly Station[]
  /** What stands inside the loop. */
  centre: ReactNode
  /** Makes a station's figure the way to its page. */
  linked: (step: Station['step'], figure: ReactNode) => ReactNode
}

/** The loop with what passes through it now: six stations, the links between them by health, and inside it the next step. */
export function LoopPicture(props: LoopPictureProps) {
  const [ref, width] = useWidth<HTMLDivElement>()
  return <div ref={ref}>{width >= roundFrom ? <RoundLoop {...props} /> : <LoopLine {...props} />}</div>
}

function RoundLoop({ stations, centre, linked }: LoopPictureProps) {
  const [there, back] = [stations.slice(0, 3), stations.slice(3)]
  return (
    <section aria-label="The loop">
      <ol className="grid grid-cols-3">
        {there.map((station) => (
          <li key={station.step} className="flex flex-col items-center pb-4 text-center">
            <Figure station={station} linked={linked} />
          </li>
        ))}
      </ol>
      <LoopTrack links={stations.map(({ link }) => link)}>{centre}</LoopTrack>
      {/* The way back runs from right to left; its reading order stays that of the loop. */}
      <ol start={4} className="grid grid-cols-3 [direction:rtl]">
        {back.map((station) => (
          <li key={station.step} className="flex flex-col items-center pt-4 text-center [direction:ltr]">
            <Figure station={station} linked={linked} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function LoopLine({ stations, centre, linked }: LoopPictureProps) {
  return (
    <section aria-label="The loop">
      <div className="mb-8">{centre}</div>
      <ol className="ml-1.5">
        {stations.map((station) => (
          <li key={station.step} className={cx('relative border-l-2 pb-6 pl-6', lineClass[station.link.health])}>
            <span aria-hidden="true" className="absolute top-1 -left-[7px] size-3 rounded-full border-2 border-accent bg-paper" />
            <Figure station={station} linked={linked} />
            <div className="mt-1">
              <LinkNote link={station.link} />
            </div>
          </li>
        ))}
      </ol>
      <p className="ml-1.5 pl-6 text-note text-ink-faint">and from there to new traces</p>
    </section>
  )
}

const lineClass = {
  works: 'border-accent',
  thin: 'border-accent/40',
  idle: 'border-line-strong/70 border-dashed',
} as const

function Figure({ station, linked }: { station: Station; linked: LoopPictureProps['linked'] }) {
  return (
    <>
      <p className="text-note font-medium text-ink-faint">{station.step}</p>
      {linked(
        station.step,
        <>
          <span className="text-title font-semibold tracking-tight">{station.value}</span>{' '}
          <span className="text-ink-soft">{station.label}</span>
        </>,
      )}
    </>
  )
}
