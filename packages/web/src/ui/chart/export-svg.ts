const namespace = 'http://www.w3.org/2000/svg'
const inlined = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-size',
  'text-anchor',
] as const
const headingHeight = 22

/**
 * The charts inside an element as one SVG file that stands alone: laid out as on the page, each under its title, in the colours of the theme
 * in use, with the description (what, when, which intervals) below.
 */
export function chartsAsSvg(container: Element, description: string): string {
  const frame = container.getBoundingClientRect()
  const file = document.createElementNS(namespace, 'svg')
  let bottom = 0
  for (const chart of container.querySelectorAll<SVGSVGElement>('svg[data-chart]')) {
    const box = chart.getBoundingClientRect()
    const [x, y] = [box.left - frame.left, box.top - frame.top + headingHeight]
    const copy = chart.cloneNode(true) as SVGSVGElement
    inlineStyles(chart, copy)
    copy.setAttribute('x', String(x))
    copy.setAttribute('y', String(y))
    file.append(heading(chart.dataset['chart'] ?? '', x, y - 8, chart), copy)
    bottom = Math.max(bottom, y + box.height)
  }
  file.append(heading(description, 0, bottom + 20, container))
  const height = Math.ceil(bottom + 32)
  file.setAttribute('xmlns', namespace)
  file.setAttribute('viewBox', `0 0 ${Math.ceil(frame.width)} ${height}`)
  file.setAttribute('width', String(Math.ceil(frame.width)))
  file.setAttribute('height', String(height))
  file.setAttribute('font-family', 'Inter, system-ui, sans-serif')
  file.style.background = getComputedStyle(document.body).backgroundColor
  return new XMLSerializer().serializeToString(file)
}

function heading(text: string, x: number, y: number, like: Element): SVGTextElement {
  const element = document.createElementNS(namespace, 'text')
  element.textContent = text
  element.setAttribute('x', String(x))
  element.setAttribute('y', String(y))
  element.setAttribute('font-size', '12')
  element.setAttribute('fill', getComputedStyle(like).color)
  return element
}

/** Style sheets and tokens do not travel with the file, so every element gets what it looks like now. */
function inlineStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from)
  for (const name of inlined) to.setAttribute(name, style.getPropertyValue(name))
  to.removeAttribute('class')
  ;[...from.children].forEach((child, index) => {
    const twin = to.children[index]
    if (twin !== undefined) inlineStyles(child, twin)
  })
}
