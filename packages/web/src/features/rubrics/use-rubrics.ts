import type { Rubric, RubricInput } from '@plaudit/sdk'
import { versionedHooks } from '../../app/versioned-hooks.ts'

export const {
  useList: useRubricList,
  useVersions: useRubricVersions,
  useSave: useSaveRubric,
  useArchive: useArchiveRubric,
} = versionedHooks<Rubric, RubricInput>({
  noun: 'rubric',
  methods: ({ rubrics }) => rubrics,
  saved: ({ name, version }) => (version === 1 ? `${name} is ready.` : `Version ${version} of ${name} is saved.`),
  touches: ['queue'],
})
