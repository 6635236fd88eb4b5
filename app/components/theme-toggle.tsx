import { Monitor, Moon, Sun } from 'lucide-react'
import { type ThemePreference, useTheme } from './theme.ts'

const choices = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'As the system', icon: Monitor },
] satisfies { value: ThemePreference; label: string; icon: typeof Sun }[]

// Plain buttons: the primitive for toggle groups writes inline styles, which our content security policy refuses.
export function ThemeToggle() {
  const { theme, setTheme } = useTheme()
  return (
    <fieldset className="inline-flex rounded-small border border-hairline no-print">
      <legend className="sr-only">Colour theme</legend>
      {choices.map(({ value, label, icon: Icon }) => (
        <button
          key={value}
          type="button"
          aria-label={label}
          aria-pressed={theme === value}
          title={label}
          onClick={() => setTheme(value)}
          className="grid size-8 place-items-center text-ink-faint hover:text-ink aria-pressed:bg-accent-wash aria-pressed:text-accent pointer-coarse:size-10"
        >
          <Icon aria-hidden size={15} strokeWidth={1.75} />
        </button>
      ))}
    </fieldset>
  )
}
