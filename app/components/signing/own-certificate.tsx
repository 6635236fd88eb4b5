/** The certificate that an organisation brings from another issuer: which one it is, and how it is brought or removed. */
import { Form } from '@remix-run/react'
import { CopyableHash } from '../copyable-hash.tsx'
import { DataTable } from '../data-table.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { TextField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import { ReasonField, Submit } from './form-parts.tsx'

export interface ShownOwnCertificate {
  id: string
  name: string
  issuer: string
  /** SHA-256, "AB:CD:…". */
  fingerprint: string
  issuerFingerprint: string
  validUntil: Date
  takenAt: Date
  removedAt: Date | null
  removalReason: string | null
}

type Errors = Record<string, string>

export function OwnCertificateFacts({ certificate }: { certificate: ShownOwnCertificate }) {
  const { name, issuer, fingerprint, issuerFingerprint, validUntil, takenAt } = certificate
  return (
    <DefinitionList
      items={[
        { term: 'Name', value: name },
        {
          term: 'Fingerprint, SHA-256',
          value: <CopyableHash value={fingerprint} label="fingerprint" whole />,
        },
        { term: 'Issued by', value: issuer },
        {
          term: 'Issuer’s fingerprint',
          value: <CopyableHash value={issuerFingerprint} label="issuer’s fingerprint" whole />,
        },
        { term: 'Valid until', value: <Time at={validUntil} /> },
        { term: 'In use since', value: <Time at={takenAt} show="moment" /> },
        { term: 'Key', value: 'Encrypted with the secret of this installation' },
      ]}
    />
  )
}

export function TakeOwnForm({ replaces, errors }: { replaces: boolean; errors: Errors }) {
  return (
    <Form method="post" encType="multipart/form-data" className="mt-3 flex max-w-measure flex-col gap-4">
      <TextField
        name="password"
        id="own-password"
        type="password"
        label="Password of the file"
        hint="It opens the file now and is not kept."
        autoComplete="off"
        error={errors.password}
      />
      {replaces ? (
        <ReasonField
          id="own-replace-reason"
          hint="For instance “The old one expires this month”. It stands in the ledger."
          error={errors.reason}
        />
      ) : null}
      <TextField
        name="file"
        id="own-file"
        type="file"
        accept=".p12,.pfx,application/x-pkcs12"
        label="PKCS #12 file (.p12, .pfx)"
        hint="One key (RSA with 2048 to 4096 bits, or ECDSA on P-256), its certificate for signing documents, and the issuers’ certificates up to the root."
        required
      />
      <Submit variant="secondary">{replaces ? 'Replace the certificate' : 'Use this certificate'}</Submit>
    </Form>
  )
}

export function RemoveOwnForm({ errors }: { errors: Errors }) {
  return (
    <Form method="post" className="mt-3 flex max-w-measure flex-col gap-4">
      <input type="hidden" name="intent" value="remove-own" />
      <ReasonField
        id="own-remove-reason"
        hint="It stands in the ledger. The key is forgotten at once; your signing authority certifies the technical contributor again."
        error={errors.reason}
      />
      <Submit>Remove the certificate</Submit>
    </Form>
  )
}

export function EarlierOwnCertificates({ certificates }: { certificates: readonly ShownOwnCertificate[] }) {
  return (
    <DataTable
      caption="Certificates that were used before"
      rows={certificates}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        {
          id: 'name',
          header: 'Certificate',
          isRowHeader: true,
          cell: ({ name, issuer, fingerprint }) => (
            <>
              {name}
              <span className="block font-normal text-caption text-ink-soft">issued by {issuer}</span>
              <span className="block break-all font-mono font-normal text-ink-soft text-micro">
                {fingerprint}
              </span>
            </>
          ),
        },
        {
          id: 'time',
          header: 'In use',
          cell: ({ takenAt, removedAt }) => (
            <>
              <Time at={takenAt} /> to {removedAt ? <Time at={removedAt} /> : 'today'}
            </>
          ),
        },
        {
          id: 'why',
          header: 'Why it was removed',
          cell: ({ removalReason }) => <span className="whitespace-pre-line">{removalReason}</span>,
        },
      ]}
    />
  )
}
