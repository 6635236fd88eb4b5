/** What is told of the chains behind the signatures, and of those who can take a certificate back. */
import type { Archive } from './archive.ts'
import { fingerprint } from './certificates.ts'
import type { Container } from './containers.ts'
import { describeOwn } from './own-certificates.ts'
import { failOn, type Results } from './results.ts'
import {
  checkArchivedRevocation,
  checkRevocation,
  describeUncovered,
  type ListVerdict,
} from './revocation.ts'
import { words } from './signature-fields.ts'
import { type KeyKind, keyKindOf } from './signature-value.ts'
import { authorityOf, listChainFaults, type SignedPart } from './signers.ts'
import type { StampedPart } from './signing-times.ts'

const KINDS: Record<KeyKind, string> = { ecdsa: 'ECDSA on P-256', rsa: 'RSA' }

export function describeKinds(containers: readonly Container[]): string {
  const kinds = new Set(containers.map(({ certificates: [signer] }) => signer && KINDS[keyKindOf(signer)]))
  return `${[...kinds].join(' and ')} with SHA-256.`
}

export async function judgeChains(parts: readonly SignedPart[], results: Results): Promise<void> {
  const by = `By “${authorityOf(parts)?.name}”.`
  const holds = await results.run(
    'chain',
    async () => {
      failOn(await listChainFaults(parts))
      return true
    },
    by,
  )
  if (!holds) return
  const firms = parts.flatMap(({ firm, issuers: [issuer] }) =>
    firm && issuer
      ? [
          `The reviewer signed under ${firm.name}’s own authority, SHA-256 fingerprint ${fingerprint(issuer.sha256)}.`,
        ]
      : [],
  )
  const own = parts.filter(({ authority, firm }) => authority === null && !firm)
  if (own.length === 0) {
    if (firms.length > 0)
      results.note(
        'chain',
        'Two organisations certified the signers: the preparer, and the reviewer’s own',
        `${by} ${firms.join(' ')} Ask that organisation whether this is theirs.`,
      )
    return
  }
  const told = own.map(
    ({ container, signer, issuers }) =>
      `The ${words(container.field.slot)} signed with the certificate ${describeOwn(signer, issuers)}.`,
  )
  results.note(
    'chain',
    'The signing authority certified the officer; another issuer certified the preparer',
    `${by} ${[...told, ...firms].join(' ')} Whether that issuer is to be trusted is for your PDF reader, or your own list, to say.`,
  )
}

export async function judgeRevocation(
  parts: readonly StampedPart[],
  { revocationList, archive, now }: { revocationList?: Uint8Array; archive: Archive | null; now: Date },
  results: Results,
): Promise<void> {
  const judged = await results.run(
    'revocation',
    async () => {
      // Whom a list in the file names is rejected, whatever list is given besides.
      const archived = await checkArchivedRevocation(parts, archive?.revocationLists ?? [])
      return revocationList === undefined
        ? describeArchived(parts, archived)
        : describeGiven(await checkRevocation(parts, revocationList, now))
    },
    ({ said }) => said,
  )
  if (!judged) return
  const uncovered = describeUncovered(parts)
  if (judged.note || uncovered)
    results.note('revocation', judged.title, uncovered ? `${judged.said} ${uncovered}` : judged.said)
}

interface Told {
  title: string
  said: string
  note: boolean
}

const describeGiven = ({ said, isOutdated }: ListVerdict): Told => ({
  title: isOutdated
    ? 'No certificate was revoked, as far as an old list tells'
    : 'No certificate of the preparer’s authority was revoked',
  said,
  note: isOutdated,
})

/**
 * Lists inside the file tell what was known on their day, and nothing of later ones.
 * @param made when the authority's list was made
 */
function describeArchived(parts: readonly StampedPart[], made: Date | null): Told {
  const lastSigned = Math.max(...parts.map(({ container }) => container.field.at.getTime()))
  const ask =
    'ask the preparer for a newer one, or ask at /verify of their installation whether the report is still in force.'
  if (made && made.getTime() >= lastSigned)
    return {
      title: 'No certificate was known as revoked when the report was archived',
      said: `The authority’s list in the file, of ${made.toISOString()}, names none of its certificates as revoked. Whether one was revoked since, only a newer list tells: ${ask}`,
      note: true,
    }
  const why = made
    ? `The authority’s list in the file, of ${made.toISOString()}, is older than the report:`
    : 'No revocation list was given. The preparer publishes one:'
  return { title: 'Whether a certificate was revoked was not checked', said: `${why} ${ask}`, note: true }
}
