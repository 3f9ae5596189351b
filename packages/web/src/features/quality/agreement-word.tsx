import type { AgreementGrade } from '@plaudit/sdk'
import { Check, CircleHelp, TriangleAlert } from 'lucide-react'
import { Badge } from '../../ui/badge.tsx'

const words = {
  good: { label: 'good', tone: 'good', icon: <Check aria-hidden="true" /> },
  tentative: { label: 'tentative', tone: 'neutral', icon: null },
  low: { label: 'low', tone: 'bad', icon: <TriangleAlert aria-hidden="true" /> },
  unknown: { label: 'unknown', tone: 'neutral', icon: <CircleHelp aria-hidden="true" /> },
} as const

/** How far an agreement can be relied on, in a word. */
export function AgreementWord({ grade }: { grade: AgreementGrade }) {
  const { label, tone, icon } = words[grade]
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  )
}
