import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'

export type OutputChoice = { spanId: string; label: string; isSameInput: boolean }

/** Which outputs to compare: those that answer the same input are offered first. */
export function OutputPicker({
  choices,
  chosen,
  onChange,
}: {
  choices: readonly OutputChoice[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}) {
  const same = choices.filter(({ isSameInput }) => isSameInput)
  const toggle = (spanId: string, isOn: boolean) =>
    onChange(choices.map((choice) => choice.spanId).filter((id) => (id === spanId ? isOn : chosen.includes(id))))
  return (
    <fieldset className="max-h-56 overflow-y-auto border-t border-line py-2">
      <legend className="sr-only">Outputs to compare</legend>
      <div className="flex items-center gap-2 pb-1">
        <span className="flex-1 font-medium">Outputs to compare, {chosen.length} chosen</span>
        {same.length > 2 && (
          <Button size="small" onClick={() => onChange(same.map(({ spanId }) => spanId))}>
            All {same.length} for this input
          </Button>
        )}
      </div>
      {choices.map(({ spanId, label, isSameInput }) => (
        <Checkbox
          key={spanId}
          checked={chosen.includes(spanId)}
          onChange={(isOn) => toggle(spanId, isOn)}
          label={isSameInput ? label : `${label} (another input)`}
        />
      ))}
    </fieldset>
  )
}
