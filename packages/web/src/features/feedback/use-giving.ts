import type { FeedbackInput } from '@plaudit/sdk'
import { useEffect, useRef, useState } from 'react'
import type { FeedbackLedger } from './use-feedback-ledger.ts'

/**
 * How a form gives its judgment. Once it is saved `saved` is called, also where the form has been closed meanwhile, and an open form is done
 * with; whoever has opened another form stays there.
 */
export function useGiving(ledger: FeedbackLedger, onDone: () => void) {
  const [isBusy, setBusy] = useState(false)
  const isOpen = useRef(false)
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
    }
  }, [])
  const give = async (input: FeedbackInput, saved?: () => void): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    const isSaved = await ledger.give(input)
    setBusy(false)
    if (!isSaved) return
    saved?.()
    if (isOpen.current) onDone()
  }
  return { isBusy, give }
}
