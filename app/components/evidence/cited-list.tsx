/** Evidence as it was cited: what it was called, which file, and its digest. */
import { CopyableHash } from '../copyable-hash.tsx'
import { TextLink } from '../link.tsx'
import { Time } from '../time.tsx'

export interface Cited {
  evidenceId: string
  revisionId: string
  title: string
  fileName: string
  sha256: string
  observedOn: string
}

export function CitedList({ cited }: { cited: readonly Cited[] }) {
  if (cited.length === 0) return null
  return (
    <ul className="mt-2 max-w-measure border-hairline border-t">
      {cited.map(({ revisionId, title, fileName, sha256, observedOn }) => (
        <li key={revisionId} className="border-hairline border-b py-1.5">
          <TextLink to={`/revisions/${revisionId}`} className="wrap-anywhere">
            {title}
          </TextLink>{' '}
          <span className="wrap-anywhere text-caption text-ink-soft">
            {fileName}, as of <Time at={observedOn} />
          </span>
          <span className="block text-caption">
            <CopyableHash value={sha256} />
          </span>
        </li>
      ))}
    </ul>
  )
}
