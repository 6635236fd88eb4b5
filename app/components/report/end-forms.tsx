/** The forms with which a report is withdrawn, or a newer one takes its place. */
import { Form, useActionData, useNavigation } from '@remix-run/react'
import type { SignatureSlot } from '#app/report/signing-order.ts'
import { Button } from '../button.tsx'
import { formatClock, formatDay } from '../dates.ts'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { SelectField, TextAreaField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import type { ReportState } from './report-state-badge.tsx'
import { RevokeFields } from './revoke-fields.tsx'

interface Signed {
  id: string
  attestedAt: Date | null
}

interface EndFormsProps {
  report: { id: string; kind: 'application' | 'reattestation'; state: ReportState }
  /** Whose signatures are in. */
  signed: readonly SignatureSlot[]
  /** Reports in force of the same client and form. */
  succession: { newer: Signed[]; older: Signed[] }
}

type Reply =
  | { fieldErrors: Record<string, string> }
  | { refusal: { code: string; message: string } }
  | undefined

export function EndForms({ report, signed, succession }: EndFormsProps) {
  const reply = useActionData() as Reply
  const isBusy = useNavigation().state !== 'idle'
  const errors = reply && 'fieldErrors' in reply ? reply.fieldErrors : {}
  const refusal = reply && 'refusal' in reply ? reply.refusal : null
  const isSigned = report.state === 'signed'
  const isOpen = report.state === 'awaiting-attestation' || report.state === 'answering'
  if (!isSigned && !isOpen && report.state !== 'failed') return null
  return (
    <>
      {succession.older.map((older) => (
        <PageSection key={older.id} title="An earlier report is still in force">
          <p className="mb-4 max-w-measure">
            The{' '}
            <TextLink to={`/reports/${older.id}`}>
              report attested {older.attestedAt ? <Time at={older.attestedAt} /> : 'before'}
            </TextLink>{' '}
            is of the same form. If this one takes its place, say so: whoever holds the earlier file can then
            learn that it counts no more.
          </p>
          <SupersedeForm
            action={`/reports/${older.id}`}
            newer={[{ id: report.id, attestedAt: null }]}
            isBusy={isBusy}
            errors={{}}
          />
        </PageSection>
      ))}
      <div className="mt-12 flex max-w-measure flex-col gap-4 border-hairline border-t pt-4">
        {refusal && (refusal.code === 'state' || refusal.code === 'successor') ? (
          <Notice kind="danger" title="Nothing was changed" announce>
            {refusal.message}
          </Notice>
        ) : null}
        {succession.newer.length > 0 ? (
          <details open={Boolean(errors.supersededBy || errors.supersededReason)}>
            <summary className="cursor-pointer py-1 text-ink-soft">
              Mark this report as superseded by a newer one
            </summary>
            <div className="mt-3">
              <SupersedeForm newer={succession.newer} isBusy={isBusy} errors={errors} />
            </div>
          </details>
        ) : null}
        <details open={Boolean(errors.reason)}>
          <summary className="cursor-pointer py-1 text-ink-soft">
            {isSigned ? 'Withdraw this signed report' : 'Withdraw this report instead'}
          </summary>
          <Form method="post" className="mt-3 flex flex-col gap-4">
            <input type="hidden" name="intent" value="withdraw" />
            <TextAreaField
              name="reason"
              id="reason"
              label="Reason"
              hint={
                isSigned
                  ? 'Whoever holds the file and asks whether it is in force reads this sentence, so write it for them. The report, its signatures and the answers stay as they were signed; this cannot be undone.'
                  : `The report stays in the ledger as withdrawn; the ${report.kind === 'reattestation' ? 're-attestation' : 'application'} becomes a draft again. Whoever was given the file as signed so far can read this sentence.`
              }
              rows={2}
              maxLength={1000}
              error={errors.reason}
            />
            {report.state === 'failed' || report.state === 'answering' ? null : (
              <RevokeFields signed={signed} />
            )}
            <Button type="submit" variant="danger" className="self-start" loading={isBusy}>
              Withdraw
            </Button>
          </Form>
        </details>
      </div>
    </>
  )
}

function SupersedeForm({
  action,
  newer,
  isBusy,
  errors,
}: {
  /** Left out for the page's own report. */
  action?: string
  newer: Signed[]
  isBusy: boolean
  errors: Record<string, string>
}) {
  const [only] = newer
  return (
    <Form method="post" action={action} className="flex max-w-measure flex-col gap-4">
      <input type="hidden" name="intent" value="supersede" />
      {newer.length === 1 && only ? (
        <input type="hidden" name="supersededBy" value={only.id} />
      ) : (
        <SelectField
          name="supersededBy"
          label="Newer report"
          error={errors.supersededBy}
          options={newer.map(({ id, attestedAt }) => ({
            value: id,
            label: attestedAt ? `Attested ${formatDay(attestedAt)}, ${formatClock(attestedAt)}` : id,
          }))}
        />
      )}
      <TextAreaField
        name="supersededReason"
        label="Reason"
        hint="For instance “Renewal for the next policy period”. Whoever holds the superseded file and asks reads this sentence. It cannot be undone."
        rows={2}
        required
        minLength={10}
        maxLength={1000}
        error={errors.supersededReason}
      />
      <Button type="submit" className="self-start" loading={isBusy}>
        Mark as superseded
      </Button>
    </Form>
  )
}
