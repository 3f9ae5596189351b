import { useProject } from '../app/client.tsx'
import { KeyList } from '../features/settings/key-list.tsx'
import { MemberList } from '../features/settings/member-list.tsx'
import { WebhookList } from '../features/settings/webhook-list.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'

export function SettingsPage() {
  const { role } = useProject()
  return (
    <Page>
      <PageHeader title="Settings" />
      <div className="flex flex-col gap-12">
        {(role === 'owner' || role === 'engineer') && <KeyList />}
        <MemberList />
        {(role === 'owner' || role === 'engineer') && <WebhookList />}
      </div>
    </Page>
  )
}
