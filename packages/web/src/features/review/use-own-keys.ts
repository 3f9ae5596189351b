import { useState } from 'react'
import { useSession } from '../../app/session.ts'
import { readLocal, writeLocal } from '../../ui/local-json.ts'
import { type DeskAction, deskActions, keysOf, type OwnKeys, readOwnKeys, remapped } from './key-map.ts'

/** The person's keys at the desk, kept on this machine. */
export function useOwnKeys() {
  const { person } = useSession()
  const storageKey = `plaudit.keys.${person?.id ?? ''}`
  const [own, setOwn] = useState<OwnKeys>(() => readOwnKeys(readLocal(storageKey)))
  const set = (next: OwnKeys) => {
    setOwn(next)
    writeLocal(storageKey, Object.keys(next).length === 0 ? null : next)
  }
  return {
    keys: (action: DeskAction) => keysOf(action, own),
    /** Every key that is in use. */
    all: (Object.keys(deskActions) as DeskAction[]).map((action) => keysOf(action, own)),
    /** Why the key cannot be given, or null when it was. */
    remap: (action: DeskAction, keys: string): string | null => {
      const next = remapped(own, action, keys)
      if (typeof next === 'string') return next
      set(next)
      return null
    },
    reset: () => set({}),
    isOwn: Object.keys(own).length > 0,
  }
}
export type DeskKeys = ReturnType<typeof useOwnKeys>
