import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { type MetadataPair, metadataPairs, metadataText, type TraceFilter, type TraceFilterKey } from './trace-filter.ts'
import { useTraceFacets } from './use-trace.ts'

const ranges = [
  { value: 'any', label: 'Any time', hours: 0 },
  { value: '1h', label: '1 h', hours: 1 },
  { value: '24h', label: '24 h', hours: 24 },
  { value: '7d', label: '7 d', hours: 168 },
  { value: '30d', label: '30 d', hours: 720 },
] as const
type RangeName = (typeof ranges)[number]['value']

/** Every filter as a field, with the values that occur offered; a change takes effect at once. */
export function TraceFilterForm({ filter, onChange }: { filter: TraceFilter; onChange: (filter: TraceFilter) => void }) {
  const facets = useTraceFacets()
  const set = (key: TraceFilterKey) => (value: string) => {
    const { [key]: _before, ...rest } = filter
    onChange(value === '' ? rest : { ...rest, [key]: value })
  }
  const setRange = (name: RangeName | 'other') => {
    const { from: _from, to: _to, ...rest } = filter
    const hours = ranges.find(({ value }) => value === name)?.hours ?? 0
    onChange(hours === 0 ? rest : { ...rest, from: new Date(Date.now() - hours * 3_600_000).toISOString() })
  }
  return (
    <div className="flex flex-col gap-3">
      <Segmented<RangeName | 'other'> label="Time range" segments={ranges} value={rangeOf(filter)} onChange={setRange} />
      <div className="grid grid-cols-2 gap-2">
        <TimeField label="From" value={filter.from} onChange={set('from')} />
        <TimeField label="To" value={filter.to} onChange={set('to')} />
      </div>
      <Combobox label="Model" options={facets?.models ?? []} value={filter.model ?? ''} onChange={set('model')} />
      <div className="grid grid-cols-2 gap-2">
        <Combobox label="Prompt" options={facets?.promptNames ?? []} value={filter.promptName ?? ''} onChange={set('promptName')} />
        <Combobox
          label="Version"
          options={facets?.promptVersions ?? []}
          value={filter.promptVersion ?? ''}
          onChange={set('promptVersion')}
        />
      </div>
      <Combobox
        label="Feedback"
        options={['any', 'none', 'negative', ...(facets?.criteria ?? [])]}
        value={filter.feedback ?? ''}
        onChange={set('feedback')}
      />
      <div className="grid grid-cols-2 gap-2">
        <Combobox label="Environment" options={facets?.environments ?? []} value={filter.environment ?? ''} onChange={set('environment')} />
        <Combobox label="Status" options={['ok', 'error']} value={filter.status ?? ''} onChange={set('status')} />
      </div>
      <div className="grid grid-cols-2 gap-2">
        <Typed key={`user ${filter.userId ?? ''}`} label="User" value={filter.userId} onChange={set('userId')} />
        <Typed key={`session ${filter.sessionId ?? ''}`} label="Session" value={filter.sessionId} onChange={set('sessionId')} />
      </div>
      <MetadataCondition
        keys={facets?.metadataKeys ?? []}
        onAdd={(pair) => set('metadata')(metadataText([...metadataPairs(filter.metadata), pair]))}
      />
    </div>
  )
}

function rangeOf({ from, to }: TraceFilter): RangeName | 'other' {
  if (from === undefined && to === undefined) return 'any'
  return 'other'
}

/** A moment in the reader's own time zone. */
function TimeField({ label, value, onChange }: { label: string; value: string | undefined; onChange: (iso: string) => void }) {
  const local =
    value === undefined ? '' : new Date(Date.parse(value) - new Date(value).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
  return (
    <TextField
      label={label}
      type="datetime-local"
      value={local}
      onChange={(event) => onChange(event.target.value === '' ? '' : new Date(event.target.value).toISOString())}
    />
  )
}

/** A text that takes effect when it is complete: on Enter, or when the field is left. */
function Typed({ label, value = '', onChange }: { label: string; value: string | undefined; onChange: (value: string) => void }) {
  const [text, setText] = useState(value)
  const commit = () => text.trim() !== value && onChange(text.trim())
  return (
    <TextField
      label={label}
      value={text}
      placeholder="Any"
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  )
}

/** Adds one condition `key:value` on metadata. */
function MetadataCondition({ keys, onAdd }: { keys: readonly string[]; onAdd: (pair: MetadataPair) => void }) {
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const add = () => {
    onAdd({ name, value: value.trim() })
    setValue('')
  }
  return (
    <div className="grid grid-cols-[1fr_1fr_auto] items-end gap-2 border-t border-line pt-3">
      <Combobox label="Metadata" options={keys} value={name} onChange={setName} placeholder="Name" />
      <TextField label="Value" value={value} onChange={(event) => setValue(event.target.value)} />
      <Button onClick={add} disabled={name === '' || value.trim() === ''}>
        Add
      </Button>
    </div>
  )
}
