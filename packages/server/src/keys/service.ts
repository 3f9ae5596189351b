import { ApiError, type ProjectKey, type ProjectKeyCreated } from '@plaudit/protocol'
import { uuidv7 } from 'uuidv7'
import { hashSecretKey, type KeyPair, newKeyPair, secretHint } from '../access/key.ts'
import { auditService } from '../audit/service.ts'
import type { Db, Queryable } from '../db/schema.ts'
import { keyStore } from './store.ts'

/** Keys of projects. `forget` makes this process read the keys anew, so that a change holds at once. */
export function keyService({ db, clock, access }: { db: Db; clock: () => Date; access: { forget: () => void } }) {
  const store = keyStore(db)
  const audit = auditService({ db, clock })

  async function insert(tx: Queryable, projectId: string, name: string, pair: KeyPair, actor: string): Promise<ProjectKeyCreated> {
    const key = { id: uuidv7(), name, publicKey: pair.publicKey, secretHint: secretHint(pair.secretKey) }
    const createdAt = clock()
    await store.insert(tx, { ...key, projectId, secretHash: hashSecretKey(pair.secretKey), createdAt })
    await audit.record(tx, { projectId, actor, action: 'key.create', subject: key.id, detail: { name, publicKey: pair.publicKey } })
    return { ...key, createdAt: createdAt.toISOString(), lastUsedAt: null, secretKey: pair.secretKey }
  }

  /** A new pair of keys. The secret key is in this answer only. */
  async function createKey(projectId: string, name: string, actor: string): Promise<ProjectKeyCreated> {
    const key = await db.transaction().execute((tx) => insert(tx, projectId, name, newKeyPair(), actor))
    access.forget()
    return key
  }

  /**
   * Makes sure that a pair from the environment opens the project.
   * @throws ApiError `conflict` when one of them belongs to another project, is paired otherwise, or was revoked.
   */
  async function ensureKey(tx: Queryable, projectId: string, pair: KeyPair): Promise<void> {
    const secretHash = hashSecretKey(pair.secretKey)
    const holder = await store.holderOf(tx, pair.publicKey, secretHash)
    if (holder === undefined) {
      await insert(tx, projectId, 'From the environment', pair, 'server')
      access.forget()
      return
    }
    const advice = 'Choose another PLAUDIT_PUBLIC_KEY and PLAUDIT_SECRET_KEY.'
    if (holder.publicKey !== pair.publicKey || holder.secretHash !== secretHash)
      throw new ApiError('conflict', `PLAUDIT_PUBLIC_KEY or PLAUDIT_SECRET_KEY already belongs to another pair. ${advice}`)
    if (holder.projectId !== projectId)
      throw new ApiError('conflict', `The pair in PLAUDIT_PUBLIC_KEY belongs to another project than PLAUDIT_PROJECT names. ${advice}`)
    if (holder.revokedAt !== null) throw new ApiError('conflict', `The pair in PLAUDIT_PUBLIC_KEY has been revoked. ${advice}`)
  }

  const listKeys = (projectId: string): Promise<ProjectKey[]> => store.list(projectId)

  /** Revokes a key, in this process at once. @throws ApiError `not_found`. */
  async function revokeKey(projectId: string, keyId: string, actor: string): Promise<void> {
    await db.transaction().execute(async (tx) => {
      if (!(await store.revoke(tx, projectId, keyId, clock())))
        throw new ApiError('not_found', `There is no key ${keyId} in this project; it may have been revoked already.`)
      await audit.record(tx, { projectId, actor, action: 'key.revoke', subject: keyId })
    })
    access.forget()
  }

  return { createKey, ensureKey, listKeys, revokeKey }
}
