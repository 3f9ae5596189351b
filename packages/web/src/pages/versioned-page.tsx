import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { type Tab, Tabs } from '../ui/tabs.tsx'

type Versioned = { name: string; version: number; archived: boolean }

type VersionedPageProps<V extends Versioned> = {
  /** What it is: "rubric". */
  noun: string
  /** The newest first. */
  versions: UseQueryResult<V[]>
  archive: { isPending: boolean; setArchived: (newest: V, archived: boolean) => void }
  /** Its text to edit. */
  edit: (newest: V, onSaved: () => void) => Pick<Tab, 'label' | 'content'>
  history: (versions: readonly V[]) => ReactNode
  /** What else there is to see of it. */
  more?: (newest: V) => readonly Tab[]
}

/** A document in versions: edited on top of the newest, its history beside it, put away and brought back. */
export function VersionedPage<V extends Versioned>(props: VersionedPageProps<V>) {
  const { noun, versions } = props
  const newest = versions.data?.[0]
  return (
    <Page wide>
      {versions.isPending && <SkeletonRows rows={6} label={`Loading the ${noun}`} />}
      {versions.isError && (
        <ErrorState title={`The ${noun} could not be loaded.`} error={versions.error} onRetry={() => void versions.refetch()} />
      )}
      {versions.data !== undefined && newest !== undefined && <Loaded {...props} newest={newest} all={versions.data} />}
    </Page>
  )
}

function Loaded<V extends Versioned>({
  noun,
  archive,
  edit,
  history,
  more,
  newest,
  all,
}: VersionedPageProps<V> & { newest: V; all: readonly V[] }) {
  const [tab, setTab] = useState('edit')
  return (
    <>
      <PageHeader
        title={newest.name}
        description={
          <span className="flex flex-wrap items-center gap-2">
            Version {newest.version}
            {newest.archived && <Badge>Archived</Badge>}
          </span>
        }
        actions={
          <Button busy={archive.isPending} onClick={() => archive.setArchived(newest, !newest.archived)}>
            {newest.archived ? 'Bring it back' : 'Archive'}
          </Button>
        }
      />
      <Tabs
        label={`${noun.charAt(0).toUpperCase()}${noun.slice(1)}`}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'edit', ...edit(newest, () => setTab('versions')) },
          { value: 'versions', label: all.length === 1 ? '1 version' : `${all.length} versions`, content: history(all) },
          ...(more?.(newest) ?? []),
        ]}
      />
    </>
  )
}
