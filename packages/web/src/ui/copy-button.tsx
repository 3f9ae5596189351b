import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { toast } from './toast.tsx'

/** Copies a text and says that it did. */
export function CopyButton({ text, label = 'Copy', size = 'medium' }: { text: string; label?: string; size?: 'small' | 'medium' }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1_500)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => {
    // Browsers offer the clipboard on https and on this machine alone.
    const written = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))
    written.then(
      () => setCopied(true),
      () => toast('The text could not be copied.', { description: 'Select it and copy it by hand.', tone: 'bad' }),
    )
  }
  const Icon = copied ? Check : Copy
  return (
    <Button size={size} onClick={copy} icon={<Icon className="size-3.5" aria-hidden="true" />}>
      <span aria-live="polite">{copied ? 'Copied' : label}</span>
    </Button>
  )
}
