import { useQuery } from '@tanstack/react-query'
import { useClient, useProject } from './client.tsx'

/** What figures can be cut by, beside the keys of metadata. */
export const sliceChoices = [
  { value: 'promptVersion', label: 'prompt version' },
  { value: 'model', label: 'model' },
  { value: 'release', label: 'release' },
  { value: 'environment', label: 'environment' },
  { value: 'queue', label: 'queue' },
  { value: 'guideline', label: 'guideline version' },
] as const

/** What traffic can be cut by, too: it has no queue and no guideline. */
export const trafficChoices = sliceChoices.filter(({ value }) => value !== 'queue' && value !== 'guideline')

/** The name of a slicing for people: a metadata key by itself. */
export function sliceByLabel(by: string): string {
  return by.startsWith('metadata:') ? by.slice('metadata:'.length) : (sliceChoices.find(({ value }) => value === by)?.label ?? by)
}

/** Keys of the metadata of judged traffic with few enough values to cut by, the most used first. */
export function useSliceKeys() {
  const project = useProject()
  const client = useClient()
  return useQuery({
    queryKey: ['quality', 'slice-keys', project.id],
    queryFn: async ({ signal }) => (await client.quality.sliceKeys({ signal })).items,
    staleTime: 60_000,
  })
}
