/** How much of a long piece of work is done. `value` is 0 to 1; null when it cannot be known. `note` says what remains. */
export function ProgressBar({ label, value, note }: { label: string; value: number | null; note?: string }) {
  const share = value === null ? null : Math.min(1, Math.max(0, value))
  return (
    <label className="flex flex-col gap-1">
      <span className="flex justify-between gap-4">
        {label}
        <span className="text-ink-faint">{note ?? (share === null ? 'working' : `${Math.round(share * 100)} %`)}</span>
      </span>
      <progress
        max={1}
        {...(share === null ? {} : { value: share })}
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-hover [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-hover [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:bg-accent"
      />
    </label>
  )
}
