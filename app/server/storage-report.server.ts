/** What the start says about where evidence is kept and who looks for malware: nothing where all is as usual. */
import type { MalwareScanner } from '#evidence/malware.ts'
import type { StoreStatus } from '#evidence/store/store.ts'

/** @returns null for the local folder, which the data folder's line tells already */
export function describeStore({ kind, place, objectLock }: StoreStatus): string | null {
  if (kind === 'local-folder') return null
  return `Evidence is kept in ${place}. Object lock: ${lockInWords(objectLock)}`
}

export function lockInWords({ state, retention }: StoreStatus['objectLock']): string {
  if (state === 'off') return 'off; whoever may write to it may also delete'
  if (state === 'unknown') return 'unknown; these credentials may not ask'
  if (retention === null) return 'on, but no retention is set, so nothing is locked'
  const days = retention.days === 1 ? '1 day' : `${retention.days} days`
  return `on, ${retention.mode} for ${days}${retention.by === 'bucket' ? ' by the bucket’s default' : ''}`
}

/** A scanner that is late must not stop the start: uploads are refused until it answers. */
export async function describeScanner(scanner: MalwareScanner | null | undefined): Promise<string | null> {
  if (!scanner) return null
  try {
    return `Uploads are scanned for malware by ${await scanner.ask()} at ${scanner.place}`
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return `${reason} Until it answers, uploads are refused.`
  }
}
