/** After signing or declining: what happened, and what the signer keeps. */
import { signerWords } from '#app/report/language/signing/words.ts'
import { CopyableHash } from '../copyable-hash.tsx'
import { DownloadLink } from '../download-link.tsx'
import { Notice } from '../notice.tsx'
import { ProgressBar } from '../progress-bar.tsx'
import { OfficerPromises } from '../reattestation/officer-promises.tsx'
import { TwinList } from '../report/twin-list.tsx'
import { useRefreshing } from '../use-refreshing.ts'
import { SignerLayout } from './signer-layout.tsx'
import type { SignerPage } from './signer-page.ts'

export function Outcome({ page }: { page: SignerPage }) {
  useRefreshing(page.state === 'signing')
  const { language, organisationName: organisation } = page
  const { say, time } = signerWords(language, page.signer.role)
  const kicker = say('kicker.edition', {
    client: page.clientName,
    form: page.formTitle,
    edition: page.edition,
  })
  if (page.state === 'signing') {
    return (
      <SignerLayout language={language} kicker={kicker} title={say('outcome.signing.title')}>
        <div aria-live="polite">
          <ProgressBar
            label={say('outcome.signing.label')}
            share={null}
            detail={say('outcome.signing.detail')}
          />
        </div>
      </SignerLayout>
    )
  }
  if (page.state === 'over') {
    return (
      <SignerLayout language={language} kicker={kicker} title={say('outcome.over.title')}>
        <Notice kind="info" title={say('outcome.over.what')}>
          {say('outcome.over.next', { organisation })}
        </Notice>
      </SignerLayout>
    )
  }
  return (
    <SignerLayout
      language={language}
      kicker={kicker}
      title={say('outcome.signed.title')}
      lead={
        page.signedAt
          ? say('outcome.signed.lead', { time: time(new Date(page.signedAt).toISOString()) })
          : undefined
      }
    >
      <DownloadLink href={page.fileHref}>{say('outcome.download')}</DownloadLink>
      <OfficerPromises page={page} />
      {page.pdfSha256 ? (
        <div className="mt-6">
          <p className="text-caption text-ink-soft">{say('outcome.fingerprint')}</p>
          <CopyableHash value={page.pdfSha256} whole />
        </div>
      ) : null}
      {page.twins.length > 0 ? (
        <section className="mt-8" aria-labelledby="twins">
          <h2 id="twins" className="mb-2 font-semibold text-section">
            {say('outcome.twins')}
          </h2>
          <TwinList kinds={page.twins} base={page.fileHref} language={language} />
        </section>
      ) : null}
    </SignerLayout>
  )
}
