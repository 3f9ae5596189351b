import { createClient, type PlauditClient } from '@plaudit/sdk'
import { admin, type TestServer } from './start-server.ts'

/** A person with a session of their own, in the test project. */
export type SignedIn = {
  client: PlauditClient
  projectId: string
  /** Adds a reviewer to the project and signs them in. */
  addReviewer(email: string): Promise<SignedIn>
}

/** Signs in as the test server's owner. */
export const signInAs = (server: TestServer): Promise<SignedIn> => signIn(server, admin.email, admin.password)

async function signIn(server: TestServer, email: string, password: string, nextPassword?: string): Promise<SignedIn> {
  const cookies = new Map<string, string>()
  /** A browser's part: cookies are kept, and requests say which page they come from. */
  const fetchWithCookies: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    headers.set('origin', server.url)
    const response = await fetch(input, { ...init, headers })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
  const plain = createClient({ baseUrl: server.url, fetch: fetchWithCookies })
  let info = await plain.session.signIn({ email, password })
  if (nextPassword !== undefined) info = await plain.session.changePassword({ current: password, next: nextPassword })
  const projectId = info.projects[0]?.id
  if (projectId === undefined) throw new Error(`${email} belongs to no project`)
  const client = createClient({ baseUrl: server.url, project: projectId, fetch: fetchWithCookies })
  return {
    client,
    projectId,
    async addReviewer(reviewer) {
      const { oneTimePassword } = await client.projects.addMember(projectId, { email: reviewer, role: 'reviewer' })
      if (oneTimePassword === null) throw new Error(`${reviewer} has an account already`)
      return signIn(server, reviewer, oneTimePassword, `new ${oneTimePassword}`)
    },
  }
}
