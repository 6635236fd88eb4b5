import type { MetaFunction } from '@remix-run/node'
import { SkipLink } from '#app/components/app-shell.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { SiteHeader } from '#app/components/site-header.tsx'
import { VerifyDesk } from '#app/components/verify/verify-desk.tsx'

export const meta: MetaFunction = () => [
  { title: pageTitle('Verify a report') },
  {
    name: 'description',
    content:
      'Check a signed readiness report in the browser: the file is not uploaded, no account is needed.',
  },
]

export default function VerifyPage() {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <SiteHeader />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto grid w-full max-w-[82rem] grow content-start gap-x-16 gap-y-10 px-4 pt-6 pb-20 sm:px-8 sm:pt-10 lg:grid-cols-[minmax(0,48rem)_minmax(0,19rem)] lg:justify-between"
      >
        <div>
          <PageHeader
            title="Verify a report"
            lead="Were you given a signed readiness report? Choose the PDF and see who signed it, what it says, and whether one byte was changed since. The file is checked by your browser and is not uploaded."
          />
          <noscript>
            <p className="mb-6">
              This page needs JavaScript, because your browser does the work. Without it, use the command line
              as described beside.
            </p>
          </noscript>
          <VerifyDesk />
        </div>
        <aside className="grid content-start gap-6 text-caption text-ink-soft lg:pt-2">
          <div>
            <h2 className="font-semibold text-ink">What this proves</h2>
            <p className="mt-1">
              That nobody changed the report since both people signed it, and that what they signed is what
              you read. It does not prove that the answers are true, nor who the signers are beyond the word
              of the organisation that prepared it.
            </p>
          </div>
          <div>
            <h2 className="font-semibold text-ink">What leaves this computer</h2>
            <p className="mt-1">
              Nothing of the file. Once this page has loaded, verifying needs no connection. Only if you ask
              whether the report is still in force, its SHA-256 is sent.
            </p>
          </div>
          <div>
            <h2 className="font-semibold text-ink">Without this page</h2>
            <p className="mt-1">With our command line, offline:</p>
            <code className="mt-1 block break-words font-mono text-micro">
              npm run -s attested -- verify report.pdf
            </code>
            <p className="mt-2">
              With other people’s programs: <code className="font-mono text-micro">pdfsig</code>,{' '}
              <code className="font-mono text-micro">qpdf</code> and{' '}
              <code className="font-mono text-micro">openssl</code> judge the same file.
            </p>
          </div>
        </aside>
      </main>
    </div>
  )
}
