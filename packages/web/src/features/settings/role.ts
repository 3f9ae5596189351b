import type { Role } from '@plaudit/sdk'

/** The roles in words; what they may do is decided by the server. */
export const roles = {
  owner: { label: 'Owner', may: 'Everything, members and deletion included' },
  engineer: { label: 'Engineer', may: 'Traces, keys, reward models' },
  lead: { label: 'Review lead', may: 'Traces, guidelines, queues, agreement' },
  reviewer: { label: 'Reviewer', may: 'Judges what queues show, and nothing else' },
} as const satisfies Record<Role, { label: string; may: string }>
