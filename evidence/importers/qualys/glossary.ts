/** What Qualys knows of its checks (QIDs): title, severity, fix; kept once for all findings of a file. */
import { ImportError, type Severity } from '../importer.ts'

/** 5 urgent, 4 critical, 3 serious, 2 medium, 1 minimal, in Qualys's words. */
const LEVELS: Record<string, Severity> = {
  '5': 'critical',
  '4': 'high',
  '3': 'medium',
  '2': 'low',
  '1': 'info',
}
export const severityOfLevel = (level: string): Severity => LEVELS[level.trim()] ?? 'unknown'

export interface Check {
  title: string
  severity: Severity
  solution: string | null
  cves: string[]
}

// The whole knowledge base has some 200,000.
const MAXIMUM_CHECKS = 400_000

export function addCheck(checks: Map<string, Check>, qid: string, check: Check): void {
  if (checks.size >= MAXIMUM_CHECKS)
    throw new ImportError(
      'too-large',
      `The file explains more than ${MAXIMUM_CHECKS} checks. Export it in parts.`,
    )
  // The first explanation stands; a second one of the same check would be a mistake of the file.
  if (!checks.has(qid)) checks.set(qid, check)
}
