/** Everything about an organisation's own certificate on the page of its signing authority. */
import { PageSection } from '../page-header.tsx'
import {
  EarlierOwnCertificates,
  OwnCertificateFacts,
  RemoveOwnForm,
  type ShownOwnCertificate,
  TakeOwnForm,
} from './own-certificate.tsx'

export function OwnCertificateSection({
  certificates,
  isOwner,
  failed,
}: {
  certificates: readonly ShownOwnCertificate[]
  isOwner: boolean
  failed: { intent: unknown; fieldErrors: Record<string, string> } | null
}) {
  const inUse = certificates.find(({ removedAt }) => removedAt === null)
  const earlier = certificates.filter(({ removedAt }) => removedAt !== null)
  const errorsOf = (intent: string) => (failed?.intent === intent ? failed.fieldErrors : {})
  const takeErrors = errorsOf('take-own')
  const removeErrors = errorsOf('remove-own')
  return (
    <PageSection
      title="A certificate of your own"
      lead="Bought from a trust service, it makes PDF readers show the technical contributor’s signature as valid, by name. The insured’s officer still signs under your signing authority."
    >
      {inUse ? <OwnCertificateFacts certificate={inUse} /> : null}
      {!inUse && !isOwner ? <p className="text-ink-soft">None. An owner can bring one.</p> : null}
      {isOwner ? (
        <div className="mt-4 flex max-w-measure flex-col gap-4">
          {/* Closed again once a certificate was taken or removed. */}
          <details key={inUse?.id ?? 'none'} open={Object.keys(takeErrors).length > 0}>
            <summary className="cursor-pointer py-1 text-ink-soft">
              {inUse ? 'Replace this certificate' : 'Bring a certificate as a PKCS #12 file'}
            </summary>
            <TakeOwnForm replaces={Boolean(inUse)} errors={takeErrors} />
          </details>
          {inUse ? (
            <details key={`${inUse.id} removed`} open={Object.keys(removeErrors).length > 0}>
              <summary className="cursor-pointer py-1 text-ink-soft">Remove this certificate</summary>
              <RemoveOwnForm errors={removeErrors} />
            </details>
          ) : null}
        </div>
      ) : null}
      {earlier.length > 0 ? (
        <div className="mt-6">
          <EarlierOwnCertificates certificates={earlier} />
        </div>
      ) : null}
    </PageSection>
  )
}
