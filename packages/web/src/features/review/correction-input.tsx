import type { Criterion } from '@plaudit/protocol'
import { RotateCcw } from 'lucide-react'
import { useDeferredValue } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { WordDiffView } from '../../ui/word-diff-view.tsx'
import { toggled } from './criterion-key.ts'
import { NothingButton } from './nothing-button.tsx'
import { OptionList } from './option-list.tsx'
import { shownOptions } from './shown-option.ts'

type Value = { text: string; reasons?: string[] }
export type CorrectionInputProps = {
  criterion: Criterion & { type: 'correction' }
  original: string
  value: Value | undefined
  onChange: (value: Value | undefined, typed?: boolean) => void
}

/** The text as it should have been: begun from the output, with every change shown as it is made. */
export function CorrectionInput({ criterion, original, value, onChange }: CorrectionInputProps) {
  const text = value?.text ?? original
  const reasons = value?.reasons ?? []
  const after = useDeferredValue(text)
  const isChanged = text !== original
  return (
    <div className="flex flex-col gap-2">
      <TextArea
        label={criterion.title}
        labelHidden
        dir="auto"
        value={text}
        onChange={(event) => onChange({ ...value, text: event.target.value }, true)}
      />
      <div className="flex flex-wrap items-center gap-1">
        <NothingButton isOn={value !== undefined && !isChanged} label="Right as it is" onClick={() => onChange({ text: original })} />
        {isChanged && (
          <Button
            size="small"
            variant="quiet"
            icon={<RotateCcw className="size-3.5" aria-hidden="true" />}
            onClick={() => onChange(undefined)}
          >
            Back to the output
          </Button>
        )}
      </div>
      {isChanged && (
        <div className="border-l-2 border-line pl-3">
          <WordDiffView before={original} after={after} />
        </div>
      )}
      {isChanged && criterion.reasons.length > 0 && (
        <OptionList
          label={`Reasons for ${criterion.title}`}
          options={shownOptions(criterion)}
          isOn={(reason) => reasons.includes(String(reason))}
          onChoose={(reason) => onChange({ text, reasons: toggled(reasons, String(reason)) })}
        />
      )}
    </div>
  )
}
