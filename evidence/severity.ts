/** Severities in order, as numbers that sort, for per-import findings and for the register. */
import { SEVERITIES, type Severity } from './importers/importer.ts'

export { SEVERITIES, type Severity }
export type SeverityCounts = Record<Severity, number>

/** What is not rated stands above low: it is never taken for harmless, nor for urgent. */
export const SEVERITY_RANK: SeverityCounts = { critical: 5, high: 4, medium: 3, unknown: 2, low: 1, info: 0 }

/** Worst first. */
export const SEVERITIES_BY_RANK: readonly Severity[] = [...SEVERITIES].sort(
  (a, b) => SEVERITY_RANK[b] - SEVERITY_RANK[a],
)

export const noSeverities = (): SeverityCounts => ({
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  info: 0,
  unknown: 0,
})
