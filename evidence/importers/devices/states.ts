/** What the cells of a device list say about protection and encryption; null: they do not say. */
import { flagOf } from '../scan/table.ts'

/** An agent's version proves an agent, an empty cell under that header that there is none. */
export function protectionOf(status: string, version: string, hasVersions: boolean): boolean | null {
  if (status !== '') {
    const flag = flagOf(status)
    if (flag !== null) return flag
    if (
      /not|un(protected|managed|healthy)|missing|can be onboarded|insufficient|disconnected|never/i.test(
        status,
      )
    )
      return false
    if (/onboarded|healthy|running|connected|online|offline|up to date|ok|normal/i.test(status)) return true
  }
  return version !== '' ? true : hasVersions ? false : null
}

export function encryptionOf(text: string): boolean | null {
  const flag = flagOf(text)
  if (flag !== null || text === '') return flag
  if (/\b(not|un|in progress|decrypt|suspended|partial|off)/i.test(text)) return false
  return /encrypted|protected|bitlocker|filevault|\bon\b/i.test(text) ? true : null
}
