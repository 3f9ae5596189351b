import type { Draw } from './draw.ts'
import { cities, products, rooms } from './support-text.ts'

/** What fills the gaps of the support texts, the same in the question and in its reply. */
export function supportValues(draw: Draw): Record<string, string> {
  return {
    product: draw.pick(products),
    room: draw.pick(rooms),
    city: draw.pick(cities),
    order: `#${draw.between(100_000, 999_999)}`,
    date: `${draw.between(1, 28)} ${draw.pick(['March', 'April', 'May', 'June'])}`,
    amount: `${draw.between(29, 890)}.90`,
  }
}
