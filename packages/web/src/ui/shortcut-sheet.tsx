import { Dialog } from './dialog.tsx'
import { Kbd } from './kbd.tsx'
import { useActiveHotkeys } from './use-hotkeys.ts'

/** Every key that works on this page, by group. */
export function ShortcutSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const groups = Map.groupBy(useActiveHotkeys(), (hotkey) => hotkey.group)
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys on this page" description="They rest while you type in a field." wide>
      <div className="columns-1 gap-10 sm:columns-2">
        {[...groups].map(([group, hotkeys]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-note text-ink-faint">{group}</h3>
            <dl>
              {hotkeys.map(({ keys, label }) => (
                <div key={keys} className="flex items-center justify-between gap-4 border-b border-line py-1.5 last:border-0">
                  <dt>{label}</dt>
                  <dd>
                    <Kbd keys={keys} />
                    <span className="sr-only">{keys}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
