import { Link } from '@tanstack/react-router'
import { useProject } from '../../app/client.tsx'
import { useMembers } from '../../app/members.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import type { QueueDraft } from './queue-draft.ts'
import { itemKinds } from './queue-words.ts'
import { SettingsSection } from './settings-section.tsx'
import { SkillEditor } from './skill-editor.tsx'
import { useReviewDocuments } from './use-queues.ts'

export type QueueSettingsFormProps = {
  draft: QueueDraft
  onChange: (draft: QueueDraft) => void
  problems: Partial<Record<keyof QueueDraft, string>>
  /** A queue that exists keeps the kind of its items. */
  isNew: boolean
}

type NumberKey =
  | 'overlap'
  | 'leaseMinutes'
  | 'goldPercent'
  | 'qualificationItems'
  | 'passPercent'
  | 'goodPercent'
  | 'poorPercent'
  | 'hourlyRate'

/** What a queue asks, of whom, and what they may see. */
export function QueueSettingsForm({ draft, onChange, problems, isNew }: QueueSettingsFormProps) {
  const { slug } = useProject()
  const documents = useReviewDocuments()
  const change = (part: Partial<QueueDraft>) => onChange({ ...draft, ...part })
  const text = (key: NumberKey, label: string, hint?: string) => (
    <TextField
      label={label}
      className="w-48"
      inputMode="decimal"
      value={draft[key]}
      error={problems[key]}
      hint={hint}
      onChange={(event) => change({ [key]: event.target.value })}
    />
  )
  return (
    <>
      <SettingsSection title="What is asked" description="The name that reviewers see, the questions, and how to decide.">
        <TextField
          label="Name"
          placeholder="Weekly sample of support replies"
          value={draft.name}
          maxLength={100}
          error={problems.name}
          onChange={(event) => change({ name: event.target.value })}
        />
        {isNew && (
          <Select
            label="Items"
            className="max-w-72"
            value={draft.itemKind}
            options={Object.entries(itemKinds).map(([value, { label, says }]) => ({
              value: value as QueueDraft['itemKind'],
              label,
              hint: says,
            }))}
            onChange={(itemKind) => change({ itemKind })}
          />
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label="Rubric"
            value={draft.rubricId}
            placeholder={documents.data?.rubrics.length === 0 ? 'There is none yet' : 'Choose'}
            options={(documents.data?.rubrics ?? []).map(({ id, name, version, criteria }) => ({
              value: id,
              label: name,
              hint: `version ${version}, ${criteria.length === 1 ? '1 criterion' : `${criteria.length} criteria`}`,
            }))}
            error={problems.rubricId}
            hint={
              documents.data?.rubrics.length === 0 ? (
                <Link to="/p/$project/rubrics/new" params={{ project: slug }} className="link">
                  Write the first rubric
                </Link>
              ) : undefined
            }
            onChange={(rubricId) => change({ rubricId })}
          />
          <Select
            label="Guideline"
            value={draft.guidelineId}
            options={[
              { value: '', label: 'None' },
              ...(documents.data?.guidelines ?? []).map(({ id, name, version }) => ({
                value: id,
                label: name,
                hint: `version ${version}`,
              })),
            ]}
            onChange={(guidelineId) => change({ guidelineId })}
          />
        </div>
        <TextArea
          label="Instructions (optional)"
          placeholder="A sentence or two that reviewers read before they begin"
          value={draft.instructions}
          maxLength={5_000}
          onChange={(event) => change({ instructions: event.target.value })}
        />
      </SettingsSection>
      <SettingsSection title="Who judges" description="How many people judge each item, and who may. The server hands out no item to more.">
        <div className="flex flex-wrap gap-4">
          {text('overlap', 'People for each item', 'From two on, agreement can be measured.')}
          {text('leaseMinutes', 'Minutes for an item', 'Then somebody else may have it.')}
        </div>
        <Segmented
          label="Who may judge here"
          segments={[
            { value: 'anyone', label: 'Anyone' },
            { value: 'people', label: 'Named people' },
            { value: 'skill', label: 'By skill' },
          ]}
          value={draft.assignment}
          onChange={(assignment) => change({ assignment })}
        />
        {draft.assignment === 'people' && (
          <PeoplePicker chosen={draft.people} onChange={(people) => change({ people })} problem={problems.people} />
        )}
        {draft.assignment === 'skill' && (
          <TextField
            label="Skill"
            placeholder="such as contract law"
            className="max-w-72"
            value={draft.skill}
            maxLength={100}
            error={problems.skill}
            onChange={(event) => change({ skill: event.target.value })}
          />
        )}
        {draft.assignment === 'skill' && <SkillEditor skill={draft.skill.trim()} />}
      </SettingsSection>
      <SettingsSection
        title="Fair judgments"
        description="What a reviewer sees before they commit. What is shown is kept with every judgment."
      >
        <div>
          <Checkbox
            label="Hide which model and prompt wrote it"
            checked={draft.hideModel}
            onChange={(hideModel) => change({ hideModel })}
          />
          <Checkbox label="Hide what others answered" checked={draft.hideOthers} onChange={(hideOthers) => change({ hideOthers })} />
          <Checkbox
            label="Hide what a model answered before"
            checked={draft.hidePrelabels}
            onChange={(hidePrelabels) => change({ hidePrelabels })}
          />
          <Checkbox label="An order of their own for everybody" checked={draft.shuffle} onChange={(shuffle) => change({ shuffle })} />
        </div>
      </SettingsSection>
      <SettingsSection
        title="Known answers"
        description="Gold items are mixed in and look like any other: they show who needs a word. An entry test lets in who passes."
      >
        {text('goldPercent', 'Gold items, %', 'Of the items that a person gets.')}
        <Checkbox
          label="Ask for an entry test on gold items"
          checked={draft.isQualified}
          onChange={(isQualified) => change({ isQualified })}
        />
        {draft.isQualified && (
          <div className="flex flex-wrap gap-4">
            {text('qualificationItems', 'Items in the test')}
            {text('passPercent', 'Pass mark, %')}
          </div>
        )}
        <Checkbox
          label="Pause by itself who answers gold at a poor rate rather than a good one; a lead lets them go on"
          checked={draft.isWatched}
          onChange={(isWatched) => change({ isWatched })}
        />
        {draft.isWatched && (
          <div className="flex flex-wrap gap-4">
            {text('goodPercent', 'A good rate, %', 'Wrongly paused: 1 in 100 of them.')}
            {text('poorPercent', 'A poor rate, %', 'Missed: 1 in 10 of them.')}
          </div>
        )}
      </SettingsSection>
      <SettingsSection
        title="Cost"
        description="What an hour of reviewing costs; with it, the figures say what a judgment does. Reviewers do not see it."
      >
        <div className="flex flex-wrap gap-4">
          {text('hourlyRate', 'An hour costs (optional)')}
          <TextField
            label="Currency"
            className="w-28"
            value={draft.currency}
            maxLength={3}
            error={problems.currency}
            onChange={(event) => change({ currency: event.target.value.toUpperCase() })}
          />
        </div>
      </SettingsSection>
    </>
  )
}

type PeoplePickerProps = { chosen: readonly string[]; onChange: (people: string[]) => void; problem: string | undefined }

function PeoplePicker({ chosen, onChange, problem }: PeoplePickerProps) {
  const members = useMembers()
  return (
    <fieldset>
      <legend className="mb-1 font-medium">People</legend>
      <div className="grid gap-x-6 sm:grid-cols-2">
        {members.data?.items.map(({ id, name, email }) => (
          <Checkbox
            key={id}
            label={
              <>
                {name} <span className="text-note text-ink-faint">{email}</span>
              </>
            }
            checked={chosen.includes(id)}
            onChange={(checked) => onChange(checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
        ))}
      </div>
      {problem !== undefined && (
        <p role="alert" className="text-note text-bad">
          {problem}
        </p>
      )}
    </fieldset>
  )
}
