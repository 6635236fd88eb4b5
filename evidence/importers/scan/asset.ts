/** Gives every machine of one file a key, and tells names from addresses. */
import { ImportError } from '../importer.ts'
import { detach } from './text.ts'

/** Four times the addresses of a /16 network: more in one file is no scan. */
const MAXIMUM_HOSTS = 262_144

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/
const IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*$/i
export const isAddress = (text: string) => IPV4.test(text) || IPV6.test(text)

/** The host of a web address; null for what is none. */
export function hostOfUrl(text: string): string | null {
  if (!/^https?:\/\//i.test(text)) return null
  return URL.canParse(text) ? new URL(text).hostname : null
}

/** Key: the machine's name, or name and address where two machines of the file share a name. */
export function createAssetKeys() {
  const keys = new Map<string, string>()
  const taken = new Set<string>()
  let unnamed = 0
  return {
    /** `isKnown`: the same file had this machine before. */
    keyOf(wanted: { name: string; address: string | null; externalId?: string | null }): {
      key: string
      isKnown: boolean
    } {
      const { address, externalId } = wanted
      const name = detach(wanted.name.trim()) || address || externalId || `unnamed host ${++unnamed}`
      const mark = externalId ?? address
      const identity = mark ? `${name} (${mark})` : name
      const known = keys.get(identity)
      if (known !== undefined) return { key: known, isKnown: true }
      if (keys.size >= MAXIMUM_HOSTS) {
        throw new ImportError(
          'too-large',
          `The file names more than ${MAXIMUM_HOSTS} hosts. Export the scan in parts.`,
        )
      }
      const key = taken.has(name) ? identity : name
      keys.set(identity, key)
      taken.add(key)
      return { key, isKnown: false }
    },
    count: () => keys.size,
    countUnnamed: () => unnamed,
  }
}
