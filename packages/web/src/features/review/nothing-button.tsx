import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'

/** Says that there is nothing to choose or to mark; an empty answer by intention. */
export function NothingButton({ isOn, label, onClick }: { isOn: boolean; label: string; onClick: () => void }) {
  return (
    <Button
      size="small"
      variant="quiet"
      aria-pressed={isOn}
      onClick={onClick}
      className={cx('self-start', isOn && 'bg-accent-soft text-accent')}
    >
      {label}
    </Button>
  )
}
