import { TextArea, TextField } from '../../ui/text-field.tsx'

/** Under which terms a data set may be used, and where it comes from. */
export type Origin = { licence: string; provenance: string }

type OriginFieldsProps = {
  origin: Origin
  licencePlaceholder: string
  provenanceHint: string
  onChange: (origin: Origin) => void
}

export function OriginFields({ origin, licencePlaceholder, provenanceHint, onChange }: OriginFieldsProps) {
  return (
    <>
      <TextField
        label="Licence"
        placeholder={licencePlaceholder}
        value={origin.licence}
        onChange={(event) => onChange({ ...origin, licence: event.target.value })}
      />
      <TextArea
        label="Provenance"
        hint={provenanceHint}
        value={origin.provenance}
        onChange={(event) => onChange({ ...origin, provenance: event.target.value })}
      />
    </>
  )
}
