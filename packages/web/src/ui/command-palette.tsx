import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { type Command, rankCommands, useActiveCommands } from './command.ts'
import { Kbd } from './kbd.tsx'

/** Everything that can be done from here, found by typing. */
export function CommandPalette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-veil transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label="Command palette"
          className="overlay fixed top-[max(1rem,12vh)] left-1/2 flex max-h-[min(70dvh,30rem)] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 flex-col"
        >
          <PaletteList onDone={() => onOpenChange(false)} />
          <Dialog.Close className="sr-only">Close the palette</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteList({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState('')
  const matches = rankCommands(useActiveCommands(), text)
  const run = (command: Command) => {
    onDone()
    command.run()
  }
  return (
    <Autocomplete.Root
      open
      inline
      items={matches}
      filter={null}
      autoHighlight="always"
      keepHighlight
      value={text}
      onValueChange={(value, { reason }) => reason !== 'item-press' && setText(value)}
      itemToStringValue={({ label }: Command) => label}
    >
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search className="size-4 text-ink-faint" aria-hidden="true" />
        <Autocomplete.Input
          aria-label="Find a page or an action"
          placeholder="Find a page or an action"
          className="h-12 flex-1 bg-transparent text-read outline-none"
        />
      </div>
      <Autocomplete.Empty className="p-4 text-ink-soft empty:hidden">
        Nothing matches “{text}”. Try the name of a page, or fewer words.
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto p-1.5 data-empty:hidden">
        {(command: Command) => (
          <Autocomplete.Item
            key={command.id}
            value={command}
            onClick={() => run(command)}
            className="flex cursor-default items-center gap-3 rounded-md px-2.5 py-2 outline-none select-none data-highlighted:bg-hover"
          >
            <span className="w-20 shrink-0 truncate text-note text-ink-faint">{command.group}</span>
            <span className="min-w-0 flex-1 truncate">{command.label}</span>
            {command.shortcut !== undefined && <Kbd keys={command.shortcut} />}
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  )
}
