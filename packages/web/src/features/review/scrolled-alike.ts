type Scrolled = { scrollTop: number; scrollHeight: number; clientHeight: number }

/** Where one column stands when it is scrolled to the same share of its length as another. */
export function scrolledAlike(from: Scrolled, to: Scrolled): number {
  const range = from.scrollHeight - from.clientHeight
  const share = range <= 0 ? 0 : from.scrollTop / range
  return Math.round(share * Math.max(0, to.scrollHeight - to.clientHeight))
}
