import { type ReactNode, useCallback, useState } from 'react'
import { LinkNote } from './link-note.tsx'
import type { Link } from './loop.ts'

const stroke = {
  works: { stroke: 'var(--color-accent)', strokeWidth: 2.5 },
  thin: { stroke: 'var(--color-accent)', strokeWidth: 2.5, strokeOpacity: 0.35 },
  idle: { stroke: 'var(--color-line-strong)', strokeWidth: 1.5, strokeDasharray: '2 5' },
} as const

/** Where each link's note stands, in the loop's order: along the top, at the right, along the bottom, at the left. */
const notePlaces = [
  'top-3 left-1/3 -translate-x-1/2',
  'top-3 left-2/3 -translate-x-1/2',
  'top-1/2 right-4 -translate-y-1/2 max-w-32',
  'bottom-3 left-2/3 -translate-x-1/2',
  'bottom-3 left-1/3 -translate-x-1/2',
  'top-1/2 left-4 -translate-y-1/2 max-w-32',
] as const

/**
 * The track of the loop around its content: two straights with three stations each, joined by half circles. Each of the six links is drawn by
 * its health; arrows point the way.
 */
export function LoopTrack({ links, children }: { links: readonly Link[]; children: ReactNode }) {
  const [size, setSize] = useState({ width: 0, height: 0 })
  const ref = useCallback((element: HTMLDivElement | null) => {
    if (element === null) return
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const { width: w, height: h } = size
  const [first, middle, last] = [w / 6, w / 2, (5 * w) / 6]
  const r = h / 2
  // Paths in the loop's order: Collect to Review, to Trust, around to Learn, to Guide, to Watch, and around to Collect.
  const paths = [
    `M${first} 0H${middle}`,
    `M${middle} 0H${last}`,
    `M${last} 0H${w - r}A${r} ${r} 0 0 1 ${w - r} ${h}H${last}`,
    `M${last} ${h}H${middle}`,
    `M${middle} ${h}H${first}`,
    `M${first} ${h}H${r}A${r} ${r} 0 0 1 ${r} 0H${first}`,
  ]
  const arrows = [
    { x: w / 3, y: 0, turn: 0 },
    { x: (2 * w) / 3, y: 0, turn: 0 },
    { x: w, y: r, turn: 90 },
    { x: (2 * w) / 3, y: h, turn: 180 },
    { x: w / 3, y: h, turn: 180 },
    { x: 0, y: r, turn: 270 },
  ]
  return (
    <div ref={ref} className="relative">
      {w > 0 && (
        <svg aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-visible" width={w} height={h} fill="none">
          {paths.map((path, index) => (
            <path key={path} d={path} {...stroke[links[index]?.health ?? 'idle']} />
          ))}
          {arrows.map(({ x, y, turn }) => (
            <g key={`${x} ${y}`} transform={`translate(${x} ${y}) rotate(${turn})`}>
              <circle r={9} fill="var(--color-paper)" />
              <path
                d="M-3 -4.5L3 0L-3 4.5"
                stroke="var(--color-ink-faint)"
                strokeWidth={1.5}
                strokeLinecap="round"
                strokeLinejoin="round"
              />
            </g>
          ))}
          {[0, h].flatMap((y) =>
            [first, middle, last].map((x) => (
              <circle key={`${x} ${y}`} cx={x} cy={y} r={6.5} fill="var(--color-paper)" stroke="var(--color-accent)" strokeWidth={2.5} />
            )),
          )}
        </svg>
      )}
      {links.map((link, index) => (
        <div key={`${index}${link.note}`} className={`absolute flex text-center ${notePlaces[index] ?? ''}`}>
          <LinkNote link={link} />
        </div>
      ))}
      <div className="mx-auto flex min-h-60 max-w-xl flex-col justify-center px-6 py-14">{children}</div>
    </div>
  )
}
