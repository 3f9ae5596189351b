import type { RewardEndpoint } from '@plaudit/sdk'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useRegisterExternal } from './use-reward-models.ts'

const contracts = [
  { value: 'vllm-classify', label: 'vLLM /classify', hint: '{model, input: [text]} → probabilities' },
  { value: 'plaudit', label: 'Plaudit’s score request', hint: '{items: [{input, output}]} → rewards' },
] as const

/** Registers a reward model that is served elsewhere. */
export function ExternalModelDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [url, setUrl] = useState('')
  const [contract, setContract] = useState<RewardEndpoint['contract']>('vllm-classify')
  const [model, setModel] = useState('')
  const [apiKey, setApiKey] = useState('')
  const register = useRegisterExternal()
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Register a model that is served elsewhere"
      description="It is archived until it has a report card and somebody makes it active, as any other model."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="external-model" busy={register.isPending}>
            Register it
          </Button>
        </>
      }
    >
      <form
        id="external-model"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          register.mutate(
            { name: name.trim(), endpoint: { url: url.trim(), contract, model: model.trim() }, ...(apiKey === '' ? {} : { apiKey }) },
            { onSuccess: onClose },
          )
        }}
      >
        <TextField label="Name" required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        <TextField
          label="Address"
          type="url"
          required
          placeholder="http://reward.internal:8000/classify"
          hint="On your network or outside; redirects are not followed."
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Select label="What it answers" options={contracts} value={contract} onChange={setContract} />
        <TextField
          label="Model name there"
          hint="Empty where the address serves one model."
          value={model}
          onChange={(event) => setModel(event.target.value)}
        />
        <TextField
          label="Key"
          type="password"
          autoComplete="off"
          hint="Sent as a bearer token. Kept encrypted and never shown again."
          value={apiKey}
          onChange={(event) => setApiKey(event.target.value)}
        />
        {register.error !== null && (
          <p role="alert" className="text-bad">
            {register.error.message}
          </p>
        )}
      </form>
    </Dialog>
  )
}
