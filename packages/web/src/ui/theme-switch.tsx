import { Monitor, Moon, Sun } from 'lucide-react'
import { Segmented } from './segmented.tsx'
import { setTheme, useTheme } from './theme.ts'

const icon = 'size-3.5'

/** The system's theme, light or dark. */
export function ThemeSwitch() {
  return (
    <Segmented
      label="Theme"
      value={useTheme()}
      onChange={setTheme}
      segments={[
        { value: 'system', title: 'As the system', label: <Monitor className={icon} aria-hidden="true" /> },
        { value: 'light', title: 'Light', label: <Sun className={icon} aria-hidden="true" /> },
        { value: 'dark', title: 'Dark', label: <Moon className={icon} aria-hidden="true" /> },
      ]}
    />
  )
}
