/** What the cells of a device list say about protection and encryption; null: they do not say. */
import { flagOf } from '../scan/table.ts'

/** An agent's version proves an agent, an empty cell under that header that there is none; a state that can't be read, nothing. */
export function protectionOf(status: string, version: string, hasVersions: boolean): boolean | null {
  if (status === '') return version !== '' ? true : hasVersions ? false : null
  const flag = flagOf(status)
  if (flag !== null) return flag
  const words = spaced(status)
  if (
    /\b(not|never|un(protected|managed|healthy|installed)|missing|can be onboarded|insufficient|disconnected|disabled|inactive|stopped|removed|revoked|broken|expired)\b/i.test(
      words,
    )
  )
    return false
  return /\b(onboarded|healthy|running|connected|online|offline|up[ -]to[ -]date|ok|normal)\b/i.test(words)
    ? true
    : null
}

/** A product's name alone says nothing: "BitLocker waiting for activation" is a disk in the clear. */
export function encryptionOf(text: string): boolean | null {
  const flag = flagOf(text)
  if (flag !== null || text === '') return flag
  const words = spaced(text)
  if (
    /\b(not|never|no|un(encrypted|protected)|in progress|encrypting|decrypt\w*|suspended|paused|waiting|pending|partial(ly)?|off|disabled)\b/i.test(
      words,
    )
  )
    return false
  if (Number(/(\d+)(?:[.,]\d+)? ?%/.exec(words)?.[1] ?? 100) < 100) return false
  return /\b(encrypted|protected|on)\b/i.test(words) ? true : null
}

/** Consoles run words together: `FullyEncrypted`, `EncryptionInProgress`. */
const spaced = (text: string) => text.replace(/([a-z])(?=[A-Z])/g, '$1 ').replace(/_/g, ' ')
