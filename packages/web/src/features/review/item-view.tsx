import { type Criterion, type Desk, isAsked, type Work } from '@plaudit/protocol'
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { type DraftMark } from '../../ui/mark/mark-draft.ts'
import { useMarking } from '../../ui/mark/use-marking.ts'
import { denseRanks, repeatsShownOrder } from '../../ui/ranking.ts'
import { toast } from '../../ui/toast.tsx'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { CriterionInput } from './criterion-input.tsx'
import { completes, isAnswered, optionKeys } from './criterion-key.ts'
import { answerByKey, criterionHotkeys } from './criterion-hotkey.ts'
import { CriterionSection, sectionId } from './criterion-section.tsx'
import type { DeskSession } from './desk-session.ts'
import { judgedText } from './draft-keeper.ts'
import { type ContentViews, ItemContent } from './item-content.tsx'
import type { ItemDraft } from './item-draft.ts'
import type { PresentationLog } from './presentation-log.ts'
import type { DeskView } from './use-desk-view.ts'
import type { DeskKeys } from './use-own-keys.ts'

export type ItemViewProps = {
  work: Work
  desk: Desk
  draft: ItemDraft
  session: DeskSession
  keys: DeskKeys
  view: DeskView
  log: PresentationLog
  views: ContentViews
  onSkip: () => void
}

/** One item: what is judged on the left, the criteria on the right, and the keys of both. Made anew for every item. */
export function ItemView({ work, desk, draft, session, keys, view, log, views, onSkip }: ItemViewProps) {
  const { answers, rationales } = draft.now
  const criteria = desk.rubric.criteria.filter((criterion) => isAsked(criterion, answers))
  const [current, setCurrent] = useState(() => firstOpen(criteria, answers))
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())
  const [ties, setTies] = useState(false)
  const isWarned = useRef(false)
  const criterion = criteria.find(({ key }) => key === current) ?? criteria[0]
  const text = judgedText(work)

  const answer = (key: string, value: unknown, typed = false) => {
    setProblems(without(problems, key))
    session.change({ answer: key, value, typed })
  }
  const go = (key: string | undefined) => {
    if (key === undefined) return
    setCurrent(key)
    document.getElementById(sectionId(key))?.focus()
  }
  const write = (key: string) => document.querySelector<HTMLElement>(`#${sectionId(key)} :is(textarea, input)`)?.focus()
  const step = (direction: -1 | 1) => go(criteria[criteria.findIndex(({ key }) => key === criterion?.key) + direction]?.key)

  // ---- marks ----
  const markCriterion = criterion?.type === 'mark' ? criterion : criteria.find((one) => one.type === 'mark')
  const marks = (markCriterion === undefined ? [] : (answers[markCriterion.key] ?? [])) as DraftMark[]
  const markKeys = markCriterion === undefined ? [] : optionKeys(markCriterion, (key) => key === '[' || key === ']')
  const marking = useMarking({
    text,
    marks,
    typeOfKey: (key) => markKeys.find(({ keys: one }) => one === key)?.value as string | undefined,
    severities: markCriterion?.severities.map(({ value }) => value) ?? [],
    onMarks: (next, typed) => markCriterion !== undefined && answer(markCriterion.key, next, typed),
    onUndo: () => session.undo(),
    onRedo: () => session.redo(),
  })
  const isMarking = markCriterion !== undefined && text !== '' && view.isRaw
  const toText = () => {
    if (markCriterion === undefined) return
    view.setRaw(true)
    setCurrent(markCriterion.key)
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[role=textbox].marked-text')?.focus())
  }

  // ---- submitting ----
  const submit = () => {
    if (!work.available) {
      toast('There is nothing to judge yet: skip this item.')
      return
    }
    const found = session.problems()
    setProblems(new Map(found.map(({ criterion: key, message }) => [key, message])))
    if (found.length > 0) {
      go(found[0]?.criterion)
      return
    }
    const kept = criteria.filter((one) => one.type === 'ranking' && repeatsShownOrder(denseRanks(ranksIn(answers[one.key])) ?? []))
    if (kept.length > 0 && !isWarned.current) {
      isWarned.current = true
      toast('This is exactly the order in which the outputs were shown.', { description: 'If you mean it, submit again.', tone: 'bad' })
      return
    }
    session.submit({ ...log.take(work.lease.id), ...(kept.length > 0 ? { keptShownOrder: true } : {}) })
  }

  const isTaken = (key: string) => keys.all.includes(key)
  const chooseByKey = (one: Criterion, value: unknown) => {
    const before = session.state().drafts.get(work.lease.id)?.now.answers[one.key]
    const after = answerByKey(one, before, value, { outputs: work.outputs.length, ties })
    if (one.type === 'ranking') setTies(value === 'tie' ? !ties : false)
    if (after.isChanged) answer(one.key, after.answer)
    if (one.type === 'numeric') write(one.key)
    if (after.isChanged && completes(one, after.answer)) {
      const asked = desk.rubric.criteria.filter((each) => isAsked(each, session.state().drafts.get(work.lease.id)?.now.answers ?? {}))
      go(asked[asked.findIndex(({ key }) => key === one.key) + 1]?.key)
    }
  }
  useHotkeys([
    { keys: keys.keys('submit'), label: 'Submit and go on', group: 'Item', run: submit, whileTyping: keys.keys('submit').includes('+') },
    { keys: keys.keys('criterionDown'), label: 'Next criterion', group: 'Answers', run: () => step(1) },
    { keys: keys.keys('criterionUp'), label: 'Previous criterion', group: 'Answers', run: () => step(-1) },
    {
      keys: keys.keys('write'),
      label: 'Write, in the criterion',
      group: 'Answers',
      run: () =>
        criterion !== undefined && document.querySelector<HTMLElement>(`#${sectionId(criterion.key)} :is(textarea, input)`)?.focus(),
    },
    {
      keys: 'escape',
      label: 'Leave a field or the text',
      group: 'Answers',
      whileTyping: true,
      run: () => document.getElementById(sectionId(criterion?.key ?? ''))?.focus(),
    },
    { keys: keys.keys('undo'), label: 'Undo', group: 'Answers', run: () => session.undo() },
    { keys: keys.keys('redo'), label: 'Redo', group: 'Answers', run: () => session.redo() },
    ...(markCriterion === undefined ? [] : [{ keys: keys.keys('mark'), label: 'Mark the text', group: 'Answers', run: toText }]),
    ...(criterion === undefined
      ? []
      : criterionHotkeys(criterion, work.outputs.length, isTaken).map(({ keys: key, label, value }) => ({
          keys: key,
          label,
          group: criterion.title,
          run: () => chooseByKey(criterion, value),
        }))),
  ])

  useEffect(() => {
    log.see(work.lease.id, {
      rendering: view.isRaw ? 'raw' : 'rendered',
      differences: view.showsDifferences && work.outputs.length === 2,
      guideline: view.showsGuideline,
      scroll: view.isSynced ? 'synchronised' : 'independent',
    })
  }, [log, work, view.isRaw, view.showsDifferences, view.showsGuideline, view.isSynced])

  // The keys of the first open criterion work at once.
  const begin = useEffectEvent(() => {
    window.scrollTo({ top: 0 })
    document.getElementById(sectionId(current))?.focus({ preventScroll: true })
  })
  useLayoutEffect(() => begin(), [])

  return (
    <div className="grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
      <ItemContent
        work={work}
        views={views}
        isRaw={view.isRaw}
        showsDifferences={view.showsDifferences}
        isSynced={view.isSynced}
        marked={
          isMarking
            ? { marks, marking, text, label: 'Output to mark. Select with Shift and the arrow keys, then press the key of a type.' }
            : null
        }
      />
      <form
        aria-label="Judgment"
        // Enter in a field never submits by itself.
        onSubmit={(event) => event.preventDefault()}
        className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-16 lg:max-h-[calc(100dvh-5rem)] lg:self-start"
      >
        <h2 className="sr-only">Judgment</h2>
        <div className="flex min-h-0 min-w-0 flex-col gap-4 lg:overflow-y-auto lg:pr-2">
          {criteria.map((one, index) => (
            <CriterionSection
              key={one.key}
              criterion={one}
              number={index + 1}
              isCurrent={one.key === criterion?.key}
              isAnswered={isAnswered(one, answers[one.key])}
              problem={problems.get(one.key)}
              rationale={rationales[one.key] ?? ''}
              said={[...work.prelabels, ...work.others].filter(({ criterion: name }) => name === one.key)}
              onCurrent={() => setCurrent(one.key)}
              onRationale={(value) => session.change({ rationale: one.key, value, typed: true })}
            >
              <CriterionInput
                criterion={one}
                answer={answers[one.key]}
                onAnswer={(value, typed) => answer(one.key, value, typed)}
                text={text}
                outputs={work.outputs.length}
                marking={one === markCriterion ? marking : null}
                ties={ties}
                onDone={() => go(criteria[index + 1]?.key ?? one.key)}
              />
            </CriterionSection>
          ))}
        </div>
        <div className="flex gap-2">
          <Button onClick={onSkip} className="h-10 sm:hidden">
            Skip
          </Button>
          <Button variant="primary" shortcut={keys.keys('submit')} disabled={!work.available} onClick={submit} className="h-10 flex-1">
            Submit and go on
          </Button>
        </div>
      </form>
    </div>
  )
}

function firstOpen(criteria: readonly Criterion[], answers: Readonly<Record<string, unknown>>): string {
  return (criteria.find((one) => !isAnswered(one, answers[one.key])) ?? criteria[0])?.key ?? ''
}

function ranksIn(answer: unknown): (number | null)[] {
  return (answer as { ranks: (number | null)[] } | undefined)?.ranks ?? [null]
}

function without(map: ReadonlyMap<string, string>, key: string): ReadonlyMap<string, string> {
  return map.has(key) ? new Map([...map].filter(([one]) => one !== key)) : map
}
