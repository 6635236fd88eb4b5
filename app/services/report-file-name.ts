/** The name under which a file of a report is downloaded; those of one report begin alike. */

/** @param ending with its dot */
export function reportFileName({ id, createdAt }: { id: string; createdAt: Date }, ending: string): string {
  return `readiness-report-${createdAt.toISOString().slice(0, 10)}-${id.slice(0, 8)}${ending}`
}
