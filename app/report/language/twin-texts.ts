/** What the files for other programs are, on the pages of a report in each language. */
import type { Language } from '#app/language/languages.ts'
import type { TwinKind } from '../twins/twin-files.ts'

export interface TwinText {
  kind: TwinKind
  term: string
  link: string
  about: string
}

/** In the order in which they are listed. */
export const TWIN_TEXTS = {
  en: [
    {
      kind: 'oscal',
      term: 'OSCAL, for GRC programs',
      link: 'Download the OSCAL assessment results',
      about:
        'NIST’s format for programs of governance, risk and compliance. Also attached inside the report.',
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
  ],
  de: [
    {
      kind: 'oscal',
      term: 'OSCAL, für GRC-Programme',
      link: 'OSCAL-Prüfergebnisse herunterladen',
      about:
        'Das Format des NIST für Programme zu Governance, Risiko und Compliance. Auch an den Bericht angehängt.',
    },
    {
      kind: 'envelope',
      term: 'In-toto, zum Inhalt der Erklärung',
      link: 'Umschlag der Erklärung herunterladen',
      about:
        'Mit dem Schlüssel der technisch verantwortlichen Person signiert. Nennt die Erklärung, die OSCAL-Datei und jeden Nachweis mit SHA-256. Auch an den Bericht angehängt.',
    },
    {
      kind: 'detached',
      term: 'In-toto, zur unterzeichneten Datei',
      link: 'Umschlag des Berichts herunterladen',
      about:
        'Mit dem Schlüssel der vertretungsberechtigten Person signiert. Nennt auch die unterzeichnete PDF-Datei mit SHA-256 und liegt deshalb neben dem Bericht: Geben Sie beide weiter.',
    },
  ],
} as const satisfies Record<Language, readonly TwinText[]>
