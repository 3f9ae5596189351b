import { messageText } from '@plaudit/protocol'
import type { Judgment } from '@plaudit/sdk'
import { useState } from 'react'
import { JudgmentGrid } from '../../features/adjudication/judgment-grid.tsx'
import { SendBackDialog } from '../../features/adjudication/send-back-dialog.tsx'
import { type OpenItem, useItemChange } from '../../features/adjudication/use-adjudication.ts'
import { itemStates } from '../../features/queues/queue-words.ts'
import { useAnswerFields } from '../../features/review/use-answer-fields.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { toast } from '../../ui/toast.tsx'
import { DecisionForm } from './decision-form.tsx'
import { ItemSource } from './item-source.tsx'

/** What was judged on the left, the lead's answers on the right, and everybody's judgments above them. */
export function OpenedItem({ open }: { open: OpenItem }) {
  const { adjudication, queue, rubric, guideline } = open
  const { item, judgments, decision, gold } = adjudication
  const change = useItemChange(queue.id, item.id)
  const [returning, setReturning] = useState<Judgment | null>(null)
  const text = messageText(adjudication.outputs[0]?.messages ?? [])
  const fields = useAnswerFields({
    criteria: rubric.criteria,
    text,
    outputs: adjudication.outputs.length,
    kept:
      decision === null ? { answers: gold ?? {}, rationales: {} } : { answers: decision.answers, rationales: decision.rationales ?? {} },
  })
  const state = itemStates[item.state]
  const setState = (next: 'open' | 'removed') =>
    change.mutate(
      { kind: 'state', state: next },
      {
        onSuccess: () =>
          toast(next === 'removed' ? 'The item is out of the queue; its judgments stay.' : 'The item is in the queue again.'),
      },
    )
  return (
    <>
      <PageHeader
        title={item.preview === '' ? 'Item' : item.preview.length > 70 ? `${item.preview.slice(0, 69).trimEnd()}…` : item.preview}
        windowTitle="Item"
        description={
          <span className="flex flex-wrap items-center gap-2">
            <Badge tone={state.tone}>{state.label}</Badge>
            {gold !== null && <Badge tone="accent">Gold</Badge>}
            {decision !== null && <Badge tone="good">Decided</Badge>}
            <span>
              {item.judged} of {queue.overlap} {queue.overlap === 1 ? 'judgment' : 'judgments'}
            </span>
          </span>
        }
        actions={
          <Button busy={change.isPending} onClick={() => setState(item.state === 'removed' ? 'open' : 'removed')}>
            {item.state === 'removed' ? 'Put it back' : 'Take it out'}
          </Button>
        }
      />
      <section aria-label="Judgments" className="pb-8">
        <JudgmentGrid
          criteria={rubric.criteria}
          judgments={judgments}
          gold={gold}
          text={text}
          guidelineVersion={guideline?.version ?? null}
          renderActions={(judgment) => (
            <span className="flex flex-wrap gap-1">
              <Button size="small" onClick={() => fields.reset({ answers: judgment.answers, rationales: {} })}>
                Take these answers
              </Button>
              {judgment.state === 'late' && (
                <Button
                  size="small"
                  busy={change.isPending}
                  onClick={() =>
                    change.mutate({ kind: 'accept', judgmentId: judgment.id }, { onSuccess: () => toast('The late judgment counts.') })
                  }
                >
                  Let it count
                </Button>
              )}
              <Button size="small" variant="quiet" onClick={() => setReturning(judgment)}>
                Send back
              </Button>
            </span>
          )}
        />
      </section>
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
        <ItemSource adjudication={adjudication} criteria={rubric.criteria} fields={fields} />
        <DecisionForm open={open} fields={fields} text={text} change={change} />
      </div>
      {returning !== null && (
        <SendBackDialog
          judgment={returning}
          busy={change.isPending}
          onClose={() => setReturning(null)}
          onSend={(note) =>
            change.mutate(
              { kind: 'send back', judgmentId: returning.id, note },
              {
                onSuccess: () => {
                  toast(`${returning.personName ?? 'The reviewer'} gets it back.`)
                  setReturning(null)
                },
              },
            )
          }
        />
      )}
    </>
  )
}
