import { createContext, useContext } from 'react'

export type ThemePreference = 'system' | 'light' | 'dark'

export interface ThemeState {
  theme: ThemePreference
  setTheme: (theme: ThemePreference) => void
}

export const ThemeContext = createContext<ThemeState>({ theme: 'system', setTheme: () => {} })

export function useTheme(): ThemeState {
  return useContext(ThemeContext)
}

/** The preference in a Cookie header; anything else than our two words means "follow the system". */
export function readTheme(cookieHeader: string | null): ThemePreference {
  const value = /(?:^|;\s*)theme=([^;]*)/.exec(cookieHeader ?? '')?.[1]
  return value === 'light' || value === 'dark' ? value : 'system'
}

const ONE_YEAR_SECONDS = 31_536_000

/** A cookie for document.cookie: not HttpOnly on purpose, it holds a taste and no secret. */
export function writeTheme(theme: ThemePreference): string {
  const lifetime = theme === 'system' ? 0 : ONE_YEAR_SECONDS
  return `theme=${theme}; Path=/; Max-Age=${lifetime}; SameSite=Lax`
}
