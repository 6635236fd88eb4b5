/** The ids of one OSCAL file: organisations keep theirs over all reports, everything else belongs to one statement. */
import { sha256Hex } from '#evidence/canonical.ts'
import { canonicalStatement, type Statement } from '../statement.ts'
import { URL_NAMESPACE, uuidOf } from './uuid.ts'

const NAMESPACE = uuidOf(URL_NAMESPACE, 'https://attested.example/ns/oscal')

/** A statement with the ids that follow from it. */
export interface Source {
  statement: Statement
  statementSha256: string
  id: (kind: IdKind, name?: string) => string
  preparer: string
  insured: string
  issuer: string
  /** By the name of the signature field. */
  signer: (slot: string) => string
}

type IdKind =
  | 'document'
  | 'result'
  | 'form'
  | 'statement'
  | 'signer'
  | 'evidence'
  | 'receipt'
  | 'fact'
  | 'finding'
  | 'risk'
  | 'gap'
  | 'mitigation'
  | 'remediation'
  | 'declaration'

export function sourceOf(statement: Statement): Source {
  const statementSha256 = sha256Hex(canonicalStatement(statement))
  const own = uuidOf(NAMESPACE, `statement ${statementSha256}`)
  const id = (kind: IdKind, name = '') => uuidOf(own, `${kind} ${name}`)
  return {
    statement,
    statementSha256,
    id,
    preparer: uuidOf(NAMESPACE, `organisation ${statement.preparedBy.organisationId}`),
    insured: uuidOf(NAMESPACE, `client ${statement.client.id}`),
    issuer: uuidOf(NAMESPACE, `issuer ${statement.edition.issuer}`),
    signer: (slot) => id('signer', slot),
  }
}
