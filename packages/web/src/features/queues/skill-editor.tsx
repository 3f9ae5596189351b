import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { useMembers } from '../../app/members.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { toast } from '../../ui/toast.tsx'

/** Who has a skill. It belongs to the project, so a change takes effect at once and in every queue. */
export function SkillEditor({ skill }: { skill: string }) {
  const client = useClient()
  const { id } = useProject()
  const queries = useQueryClient()
  const members = useMembers()
  const queryKey = ['skills', id]
  const people = useQuery({ queryKey, queryFn: async ({ signal }) => (await client.queues.skills({ signal })).items })
  const change = useMutation({
    mutationFn: ({ personId, skills }: { personId: string; skills: string[] }) => client.queues.setSkills(personId, skills),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
    onError: (error) => toast('The skills stay as they were.', { description: error.message, tone: 'bad' }),
  })
  if (skill === '' || people.data === undefined) return null
  const skillsOf = (personId: string) => people.data.find((one) => one.personId === personId)?.skills ?? []
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Who has the skill “{skill}”</legend>
      <div className="grid gap-x-6 sm:grid-cols-2">
        {members.data?.items.map(({ id: personId, name }) => {
          const own = skillsOf(personId)
          return (
            <Checkbox
              key={personId}
              label={name}
              checked={own.includes(skill)}
              disabled={change.isPending}
              onChange={(has) => change.mutate({ personId, skills: has ? [...own, skill] : own.filter((other) => other !== skill) })}
            />
          )
        })}
      </div>
      <p className="text-note text-ink-faint">Saved at once, for all queues of the project.</p>
    </fieldset>
  )
}
