import { KeyList } from '../features/settings/key-list.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'

export function SettingsPage() {
  return (
    <Page>
      <PageHeader title="Settings" />
      <KeyList />
    </Page>
  )
}
