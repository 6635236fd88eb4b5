/** The twins of a report as files of their own: what each is called and of what kind it is. */

export const TWIN_FILES = {
  oscal: { ending: '.oscal.json', mediaType: 'application/json' },
  /** Attached inside the PDF; names the statement and the evidence. */
  envelope: { ending: '.statement.dsse.json', mediaType: 'application/vnd.in-toto.readiness+dsse' },
  /** Stands beside the PDF; names the digest of the signed file, too. */
  detached: { ending: '.pdf.dsse.json', mediaType: 'application/vnd.in-toto.readiness+dsse' },
} as const satisfies Record<string, { ending: `.${string}`; mediaType: string }>

export type TwinKind = keyof typeof TWIN_FILES

export const isTwinKind = (text: string | undefined): text is TwinKind =>
  text !== undefined && Object.hasOwn(TWIN_FILES, text)
