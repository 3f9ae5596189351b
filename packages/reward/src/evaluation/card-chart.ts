/** A point of a chart with its interval and the words at its place. */
export interface ChartPoint {
  x: number
  y: number
  low?: number
  high?: number
  label?: string
}

export interface ChartLine {
  name: string
  points: readonly ChartPoint[]
  /** Drawn with whiskers and dots, or as a plain dashed line for comparison. */
  look: 'measured' | 'reference'
}

export interface ChartFrame {
  title: string
  xTitle: string
  yTitle: string
  /** Ticks of each axis; the first and last are its ends. */
  xTicks: readonly [value: number, label: string][]
  yTicks: readonly [value: number, label: string][]
  isLog?: boolean
}

const width = 460
const height = 260
const margin = { left: 52, right: 96, top: 12, bottom: 42 }

/** A line chart as SVG: intervals as whiskers, names at the lines' ends, black ink that prints. */
export function lineChart(frame: ChartFrame, lines: readonly ChartLine[]): string {
  const scale = (value: number) => (frame.isLog === true ? Math.log(value) : value)
  const [xLow, xHigh] = [scale(frame.xTicks[0]![0]), scale(frame.xTicks.at(-1)![0])]
  const [yLow, yHigh] = [frame.yTicks[0]![0], frame.yTicks.at(-1)![0]]
  const x = (value: number) => margin.left + ((scale(value) - xLow) / (xHigh - xLow || 1)) * (width - margin.left - margin.right)
  const y = (value: number) =>
    height - margin.bottom - ((Math.max(yLow, Math.min(yHigh, value)) - yLow) / (yHigh - yLow || 1)) * (height - margin.top - margin.bottom)
  const grid = [
    ...frame.yTicks.map(
      ([value, label]) =>
        `<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${px(y(value))}" y2="${px(y(value))}"/>` +
        `<text class="tick" text-anchor="end" x="${margin.left - 8}" y="${px(y(value) + 4)}">${escapeHtml(label)}</text>`,
    ),
    ...frame.xTicks.map(
      ([value, label]) =>
        `<text class="tick" text-anchor="middle" x="${px(x(value))}" y="${height - margin.bottom + 17}">${escapeHtml(label)}</text>`,
    ),
  ]
  const ends = spread(lines.map(({ points }) => y(points.at(-1)?.y ?? yLow)))
  const drawn = lines.map(({ name, points, look }, index) => {
    const path = points.map((point) => `${px(x(point.x))} ${px(y(point.y))}`).join('L')
    const whiskers = points
      .filter(({ low, high }) => low !== undefined && high !== undefined)
      .map(
        (point) =>
          `<line class="whisker" x1="${px(x(point.x))}" x2="${px(x(point.x))}" y1="${px(y(point.low!))}" y2="${px(y(point.high!))}"/>`,
      )
    const dots = points.map(
      (point) =>
        `<circle class="dot" cx="${px(x(point.x))}" cy="${px(y(point.y))}" r="3"><title>${escapeHtml(point.label ?? name)}</title></circle>`,
    )
    const end = points.at(-1)
    const label = end && `<text class="name" x="${px(x(end.x) + 9)}" y="${px(ends[index]! + 4)}">${escapeHtml(name)}</text>`
    return look === 'measured'
      ? `<path class="line" d="M${path}"/>${whiskers.join('')}${dots.join('')}${label ?? ''}`
      : `<path class="reference" d="M${path}"/>${label ?? ''}`
  })
  return (
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(frame.title)}">${grid.join('')}${drawn.join('')}` +
    `<text class="axis" text-anchor="middle" x="${(margin.left + width - margin.right) / 2}" y="${height - 5}">${escapeHtml(frame.xTitle)}</text>` +
    `<text class="axis" text-anchor="middle" transform="translate(13 ${(height - margin.bottom + margin.top) / 2}) rotate(-90)">${escapeHtml(frame.yTitle)}</text></svg>`
  )
}

/** Moves labels apart that would overlap, keeping their order. */
function spread(places: readonly number[]): number[] {
  const order = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]!)
  const moved = [...places]
  for (let i = 1; i < order.length; i += 1) moved[order[i]!] = Math.max(moved[order[i]!]!, moved[order[i - 1]!]! + 13)
  return moved
}

function px(value: number): string {
  return value.toFixed(1)
}

/** Text as it may stand in HTML and in attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
