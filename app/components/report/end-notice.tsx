/** Says at the top of a report's page that it counts no more, since when and why. */
import { ButtonLink } from '../button.tsx'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'
import { Time } from '../time.tsx'
import type { ReportState } from './report-state-badge.tsx'

interface EndedReport {
  state: ReportState
  attestedAt: Date | null
  endedAt: Date | null
  withdrawnReason: string | null
  supersededBy: string | null
  supersededReason: string | null
}

interface EndNoticeProps {
  report: EndedReport
  applicationId: string
}

export function EndNotice({ report, applicationId }: EndNoticeProps) {
  const { state, attestedAt, endedAt } = report
  if (state !== 'withdrawn' && state !== 'superseded') return null
  if (!attestedAt) {
    return (
      <Notice kind="info" title="Withdrawn before the insured attested">
        {report.withdrawnReason}
      </Notice>
    )
  }
  const until = (
    <p className="mt-1">
      It was in force from <Time at={attestedAt} show="moment" />
      {endedAt ? (
        <>
          {' '}
          until <Time at={endedAt} show="moment" />
        </>
      ) : null}
      . The file, the statement and both signatures stay as they are.
    </p>
  )
  if (state === 'superseded') {
    return (
      <Notice
        kind="warning"
        title="Superseded: a newer report took its place"
        action={
          report.supersededBy ? (
            <ButtonLink to={`/reports/${report.supersededBy}`}>Open the newer report</ButtonLink>
          ) : null
        }
      >
        <p className="whitespace-pre-line">{report.supersededReason}</p>
        {until}
      </Notice>
    )
  }
  return (
    <Notice kind="danger" title="Withdrawn: this report is no longer in force">
      <p className="whitespace-pre-line">{report.withdrawnReason}</p>
      {until}
      <p className="mt-1">
        To put it right, <TextLink to={`/applications/${applicationId}/move`}>move its answers</TextLink> to a
        new application and have that signed.
      </p>
    </Notice>
  )
}
