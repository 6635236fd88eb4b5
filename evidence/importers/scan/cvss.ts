/** CVSS base scores, for tools that rate by them alone. */
import type { Severity } from '../importer.ts'

/** null for what is no score between 0 and 10. Old tools write `5.0 (AV:N/…)` and `10`. */
export function parseCvss(text: string | null | undefined): number | null {
  const found = /^\s*(\d{1,2}(?:\.\d{1,3})?)(?:\s|\(|$)/.exec(text ?? '')
  const score = found ? Number(found[1]) : Number.NaN
  return score >= 0 && score <= 10 ? score : null
}

/** The bands of CVSS 3 and 4. */
export function severityOfCvss(score: number | null): Severity {
  if (score === null) return 'unknown'
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  if (score >= 4) return 'medium'
  return score > 0 ? 'low' : 'info'
}
