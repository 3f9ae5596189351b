import { useState } from 'react'
import { readLocal, writeLocal } from '../../ui/local-json.ts'

const key = 'plaudit.desk.view'
type Kept = { isRaw: boolean; isSynced: boolean }

/** How items are shown; what is a habit is kept on this machine. `hasMarks`: marks are made on the raw text, which then is shown first. */
export function useDeskView(hasMarks: boolean) {
  const [kept, setKept] = useState<Kept>(() => ({ isRaw: false, isSynced: true, ...readLocal<Partial<Kept>>(key) }))
  const [showsDifferences, setDifferences] = useState(false)
  const [readsRendered, setReadsRendered] = useState(false)
  const [showsGuideline, setGuideline] = useState(false)
  const keep = (change: Partial<Kept>) => {
    const next = { ...kept, ...change }
    setKept(next)
    writeLocal(key, next)
  }
  const isRaw = hasMarks ? !readsRendered : kept.isRaw
  return {
    isRaw,
    setRaw: (raw: boolean) => (hasMarks ? setReadsRendered(!raw) : keep({ isRaw: raw })),
    isSynced: kept.isSynced,
    setSynced: (isSynced: boolean) => keep({ isSynced }),
    showsDifferences,
    setDifferences,
    showsGuideline,
    setGuideline,
  }
}
export type DeskView = ReturnType<typeof useDeskView>
