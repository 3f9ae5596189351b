/** A project's name in an address: lower-case letters and digits of any script, joined by dashes. `attempt` 2, 3, … make others of it. */
export function slugOf(name: string, attempt = 1): string {
  const words = name
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{Letter}\p{Mark}\p{Number}]+/gu)
  const base = words?.join('-').slice(0, 60) ?? 'project'
  return attempt === 1 ? base : `${base}-${attempt}`
}
