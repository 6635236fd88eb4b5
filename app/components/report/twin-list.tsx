/** What a report says for other programs: each file with what it is and who signed it. */
import type { TwinKind } from '#app/report/twins/twin-files.ts'
import { DefinitionList } from '../definition-list.tsx'

const TWINS = [
  {
    kind: 'oscal',
    term: 'OSCAL, for GRC programs',
    link: 'Download the OSCAL assessment results',
    about: 'NIST’s format for programs of governance, risk and compliance. Also attached inside the report.',
  },
  {
    kind: 'envelope',
    term: 'In-toto, of what is stated',
    link: 'Download the envelope of the statement',
    about:
      'Signed with the technical contributor’s key. It names the statement, the OSCAL file and each piece of evidence by SHA-256. Also attached inside the report.',
  },
  {
    kind: 'detached',
    term: 'In-toto, of the signed file',
    link: 'Download the envelope of the report',
    about:
      'Signed with the officer’s key. It names the signed PDF by SHA-256 as well, so it stands beside the report: hand over both.',
  },
] as const satisfies { kind: TwinKind; term: string; link: string; about: string }[]

/** @param base the address below which each is found by its kind */
export function TwinList({ kinds, base }: { kinds: readonly TwinKind[]; base: string }) {
  return (
    <DefinitionList
      items={TWINS.filter(({ kind }) => kinds.includes(kind)).map(({ kind, term, link, about }) => ({
        term,
        value: (
          <>
            <a className="text-link" href={`${base}/${kind}`} download>
              {link}
            </a>
            <span className="block text-caption text-ink-soft">{about}</span>
          </>
        ),
      }))}
    />
  )
}
