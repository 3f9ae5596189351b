import { useState } from 'react'

/** An order of `count` things drawn by lot once, so that no side gains from its place. */
export function useShownOrder(count: number): readonly number[] {
  const [order] = useState(() => {
    const numbers = Array.from({ length: count }, (_, index) => index)
    for (let last = count - 1; last > 0; last -= 1) {
      const other = Math.floor(Math.random() * (last + 1))
      const [a, b] = [numbers[last] ?? 0, numbers[other] ?? 0]
      numbers[last] = b
      numbers[other] = a
    }
    return numbers
  })
  return order
}
