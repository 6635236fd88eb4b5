/** After signing or declining: what happened, and what the officer keeps. */
import { CopyableHash } from '../copyable-hash.tsx'
import { DownloadLink } from '../download-link.tsx'
import { Notice } from '../notice.tsx'
import { ProgressBar } from '../progress-bar.tsx'
import { TwinList } from '../report/twin-list.tsx'
import { Time } from '../time.tsx'
import { useRefreshing } from '../use-refreshing.ts'
import { OfficerLayout } from './officer-layout.tsx'
import type { OfficerPage } from './officer-page.ts'

export function Outcome({ page }: { page: OfficerPage }) {
  useRefreshing(page.state === 'signing')
  const kicker = `${page.clientName}, ${page.formTitle}, edition ${page.edition}`
  if (page.state === 'signing') {
    return (
      <OfficerLayout kicker={kicker} title="Your signature is being added">
        <div aria-live="polite">
          <ProgressBar
            label="Signing the report in your name"
            share={null}
            detail="This takes a few seconds. You can close this page; the work goes on, and you get a mail."
          />
        </div>
      </OfficerLayout>
    )
  }
  if (page.state === 'over') {
    return (
      <OfficerLayout kicker={kicker} title="This report is not waiting for you any more">
        <Notice kind="info" title="Nothing was signed">
          It was withdrawn. {page.organisationName} will send you a new link when there is a new report.
        </Notice>
      </OfficerLayout>
    )
  }
  return (
    <OfficerLayout
      kicker={kicker}
      title="You have attested"
      lead={
        page.attestedAt ? (
          <>
            Signed <Time at={page.attestedAt} show="moment" />. Keep a copy and the fingerprint below: a file
            with another one is not what you signed.
          </>
        ) : undefined
      }
    >
      <DownloadLink href={page.fileHref}>Download the signed report</DownloadLink>
      {page.pdfSha256 ? (
        <div className="mt-6">
          <p className="text-caption text-ink-soft">Fingerprint of the file (SHA-256)</p>
          <CopyableHash value={page.pdfSha256} whole />
        </div>
      ) : null}
      {page.twins.length > 0 ? (
        <section className="mt-8" aria-labelledby="twins">
          <h2 id="twins" className="mb-2 font-semibold text-section">
            For other programs
          </h2>
          <TwinList kinds={page.twins} base={page.fileHref} />
        </section>
      ) : null}
    </OfficerLayout>
  )
}
