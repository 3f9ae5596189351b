import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { formatWhole } from '../../ui/format-number.ts'

/** Characters that show at first. A whole book in a prompt must not make the page slow. */
const FOLD_LENGTH = 12_000

/** A text of any length: a very long one shows its beginning, with a button for the rest. */
export function LongText({
  text,
  foldAt = FOLD_LENGTH,
  children,
}: {
  text: string
  foldAt?: number
  children: (text: string) => ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  if (text.length <= foldAt * 1.2 || isOpen) return children(text)
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="w-full">{children(text.slice(0, foldAt))}</div>
      <Button size="small" onClick={() => setOpen(true)}>
        Show the other {formatWhole(text.length - foldAt)} characters
      </Button>
    </div>
  )
}
