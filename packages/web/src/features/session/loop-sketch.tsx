/** What Plaudit is, as one picture: the loop that the product turns. */
export function LoopSketch() {
  const radius = 150
  return (
    <figure className="mx-auto max-w-lg">
      <svg
        viewBox="-250 -205 500 410"
        role="img"
        aria-label="The loop: collect, review, trust, learn, guide, watch, and again."
        className="w-full"
      >
        <circle r={radius} fill="none" stroke="var(--color-accent)" strokeWidth={2} strokeOpacity={0.35} />
        {turns.map(({ step, does }, index) => {
          const angle = (index / turns.length) * 2 * Math.PI - Math.PI / 2
          const [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)]
          const anchor = Math.abs(x) < 10 ? 'middle' : x > 0 ? 'start' : 'end'
          const [tx, ty] = Math.abs(x) < 10 ? [0, y + (y < 0 ? -32 : 28)] : [x + Math.sign(x) * 16, y - 2]
          const middle = angle + Math.PI / turns.length
          return (
            <g key={step}>
              <g
                transform={`translate(${radius * Math.cos(middle)} ${radius * Math.sin(middle)}) rotate(${(middle * 180) / Math.PI + 90})`}
              >
                <rect x={-7} y={-4} width={14} height={8} fill="var(--color-paper)" />
                <path
                  d="M-3 -4.5L3 0L-3 4.5"
                  fill="none"
                  stroke="var(--color-ink-faint)"
                  strokeWidth={1.5}
                  strokeLinecap="round"
                  strokeLinejoin="round"
                />
              </g>
              <circle cx={x} cy={y} r={7} fill="var(--color-paper)" stroke="var(--color-accent)" strokeWidth={2.5} />
              <text x={tx} y={ty} textAnchor={anchor} fontSize={14} fontWeight={600} fill="var(--color-ink)">
                {step}
              </text>
              <text x={tx} y={ty + 16} textAnchor={anchor} fontSize={12} fill="var(--color-ink-faint)">
                {does}
              </text>
            </g>
          )
        })}
        <text textAnchor="middle" fontSize={15} fontWeight={600} fill="var(--color-ink)">
          <tspan x={0} y={-6}>
            What people think
          </tspan>
          <tspan x={0} y={15}>
            makes the next answer better
          </tspan>
        </text>
      </svg>
    </figure>
  )
}

const turns = [
  { step: 'Collect', does: 'traces and feedback' },
  { step: 'Review', does: 'expert judgments' },
  { step: 'Trust', does: 'agreement, bias' },
  { step: 'Learn', does: 'a reward model' },
  { step: 'Guide', does: 'prompts, models' },
  { step: 'Watch', does: 'quality over time' },
] as const
