/** One signing authority: how to recognise it, and what others need to verify with. */
import { CopyableHash } from '../copyable-hash.tsx'
import { countOf } from '../counts.ts'
import { DefinitionList } from '../definition-list.tsx'
import { DownloadLink } from '../download-link.tsx'
import { Time } from '../time.tsx'
import { commonName, keyInWords, type ShownAuthority } from './authority.ts'

export function AuthorityFacts({ authority }: { authority: ShownAuthority }) {
  const { id, subject, fingerprint, createdAt, issued, revoked, listPath } = authority
  return (
    <>
      <DefinitionList
        items={[
          { term: 'Name', value: commonName(subject) },
          {
            term: 'Fingerprint, SHA-256',
            value: <CopyableHash value={fingerprint} label="fingerprint" whole />,
          },
          { term: 'In use since', value: <Time at={createdAt} show="moment" /> },
          { term: 'Key', value: <span className="wrap-anywhere">{keyInWords(authority)}</span> },
          {
            term: 'Signatures',
            value: `${countOf(issued, 'certificate')} for one signature each; ${revoked === 0 ? 'none' : revoked} revoked`,
          },
        ]}
      />
      <div className="mt-4 flex flex-wrap gap-3">
        <DownloadLink href={`/signing-keys/${id}/certificate`}>Download the certificate</DownloadLink>
        <DownloadLink href={listPath}>Download the revocation list</DownloadLink>
      </div>
    </>
  )
}
