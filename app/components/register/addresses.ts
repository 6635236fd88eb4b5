/** Addresses of the register with the choice that they keep. */
import type { RegisterChoice } from './register-filter.tsx'

/** `?…` of a choice; what is usual is left out. */
export function queryOf(choice: RegisterChoice, page: Record<string, string> = {}): string {
  const query = new URLSearchParams()
  const { standing, severity, asset, tool, kev, q, sort } = choice
  const parts = { severity, asset, tool, q, kev: kev ? '1' : '', ...page }
  if (standing !== 'open') query.set('standing', standing)
  if (sort !== 'severity') query.set('sort', sort)
  for (const [name, value] of Object.entries(parts)) if (value) query.set(name, value)
  return query.size > 0 ? `?${query}` : ''
}
