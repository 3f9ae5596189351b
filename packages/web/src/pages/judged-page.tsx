import { Link, useSearch } from '@tanstack/react-router'
import { useProject } from '../app/client.tsx'
import { JudgedList } from '../features/quality/judged-list.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'

/** What several reviewers said about each item, and what they say together. */
export function JudgedPage() {
  const { slug } = useProject()
  const search = useSearch({ from: '/p/$project/judged' })
  const { criterion, by: _by, ...selection } = search
  const back = (
    <Link to="/p/$project/agreement" params={{ project: slug }} search={selection} className="link">
      Back to agreement
    </Link>
  )
  return (
    <Page>
      <PageHeader
        title={criterion ?? 'Judged items'}
        windowTitle="Votes and consensus"
        description="Every item that several reviewers judged: the consensus, how sure it is, and each vote. Those they part on most come first."
        actions={criterion === undefined ? undefined : back}
      />
      {criterion === undefined ? (
        <EmptyState title="Choose a criterion" action={back}>
          The agreement page leads here for each criterion.
        </EmptyState>
      ) : (
        <JudgedList search={selection} criterion={criterion} />
      )}
    </Page>
  )
}
