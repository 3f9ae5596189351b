import type { AgreementReport } from '@plaudit/sdk'
import type { ReactNode } from 'react'
import { ChartSection } from '../../ui/chart-section.tsx'
import { IntervalPlot } from '../../ui/chart/interval-plot.tsx'
import { toCsv } from '../../ui/csv.ts'
import { Estimate } from '../../ui/estimate.tsx'
import { formatDecimal, formatShare, formatWhole } from '../../ui/format-number.ts'
import { agreementRows, alphaDomain, rowOf, thresholds } from './agreement-figure.ts'
import { AgreementWord } from './agreement-word.tsx'

/** All criteria on one axis, the worst first, and what that means. */
export function AgreementOverview({
  report,
  action,
  onOpen,
}: {
  report: AgreementReport
  /** What to do about the weakest criterion. */
  action: ReactNode
  onOpen: (key: string) => void
}) {
  const { criteria, grade, sentence, weakest } = report
  return (
    <ChartSection
      name="Agreement by criterion"
      heading="By criterion"
      mark={<AgreementWord grade={grade} />}
      sentence={
        <>
          {sentence} {action}
        </>
      }
      fileName="agreement"
      csv={() => toCsv(agreementRows(report))}
      table={{
        columns: ['Criterion', 'Alpha [95 % interval]', 'Equal judgments', 'Items judged by several', 'Items', 'Reviewers', 'Judgments'],
        rows: criteria.map((one) => [
          one.criterion,
          <Estimate key="alpha" {...one.alpha} />,
          <Estimate key="percent" {...one.percent} format={formatShare} />,
          formatWhole(one.pairedItems),
          formatWhole(one.items),
          formatWhole(one.raters),
          formatWhole(one.ratings),
        ]),
      }}
    >
      <IntervalPlot
        title="Krippendorff’s alpha by criterion, with 95 % intervals"
        rows={criteria.map((one) => rowOf(keyOf(one), one.criterion, one.alpha, one.criterion === weakest))}
        domain={alphaDomain(criteria.map(({ alpha }) => alpha))}
        format={formatDecimal}
        references={thresholds}
        onOpen={onOpen}
      />
    </ChartSection>
  )
}

export function keyOf({ criterion, kind }: { criterion: string; kind: string }): string {
  return `${criterion} ${kind}`
}
