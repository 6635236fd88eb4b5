import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData, useNavigation } from '@remix-run/react'
import { SkipLink } from '#app/components/app-shell.tsx'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { DemoProgress } from '#app/components/demo-progress.tsx'
import { TextLink } from '#app/components/link.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { SiteHeader } from '#app/components/site-header.tsx'
import { Specimen } from '#app/components/specimen.tsx'
import { findSession } from '#app/http/member.server.ts'
import { homeOf } from '#app/http/workspace-kinds.ts'
import { isDemoOffered } from '#app/services/accounts.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const session = await findSession(request)
  if (session) throw redirect(homeOf(session.member.organisationKind))
  return { isDemoOffered: await isDemoOffered() }
}

export const meta: MetaFunction = () => [
  { title: pageTitle('Cyber-insurance readiness with evidence') },
  {
    name: 'description',
    content:
      'Prepare a cyber-insurance application, check every answer against scans and records, and sign a report that anyone can verify offline.',
  },
]

const proofs = [
  {
    title: 'Answers meet their evidence',
    text: 'Scans and records are read into dated facts. Each answer is marked supported, unsupported, stale or contradicted, with the reason in one sentence.',
  },
  {
    title: 'Nothing changes quietly',
    text: 'Every answer, file, exception and signature is an entry in an append-only ledger, and each entry seals the one before it.',
  },
  {
    title: 'Checked without trusting us',
    text: 'The report is a signed PDF with its data inside. An underwriter can verify it offline, years later, with or without our software.',
  },
]

export default function Home() {
  const page = useLoaderData<typeof loader>()
  const isOpeningDemo = useNavigation().formAction === '/demo'
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <SiteHeader>
        <ButtonLink to="/sign-in" size="small">
          Sign in
        </ButtonLink>
      </SiteHeader>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[82rem] grow px-4 pb-16 sm:px-8">
        <div className="grid items-center gap-x-16 gap-y-12 pt-8 pb-14 sm:pt-12 lg:grid-cols-[minmax(0,1fr)_minmax(0,32rem)] xl:gap-x-24">
          <div>
            <h1 className="max-w-[18ch] font-semibold text-display tracking-[-0.026em] sm:text-poster">
              Cyber-insurance answers, with the proof attached
            </h1>
            <p className="mt-5 max-w-[36rem] text-ink-soft text-lead">
              Attested prepares a client’s cyber-insurance application, checks every answer against scans and
              records, and produces a signed readiness report that anyone can verify offline.
            </p>
            <div className="mt-9 grid max-w-[40rem] gap-x-8 gap-y-6 sm:grid-cols-2">
              {page.isDemoOffered ? (
                <Form method="post" action="/demo" className="flex flex-col border-accent border-t-2 pt-3">
                  <h2 className="font-semibold">Look around first</h2>
                  <p className="mt-1 mb-4 text-ink-soft">
                    A managed service provider with four clients at different stages. No account, example data
                    only.
                  </p>
                  <Button
                    type="submit"
                    variant="primary"
                    wide
                    className="mt-auto"
                    loading={isOpeningDemo}
                    loadingLabel="Preparing the demo"
                  >
                    Explore the demo workspace
                  </Button>
                </Form>
              ) : null}
              <div className="flex flex-col border-rule border-t-2 pt-3">
                <h2 className="font-semibold">Start with your clients</h2>
                <p className="mt-1 mb-4 text-ink-soft">
                  An organisation of your own, with you as its owner. Evidence stays on this server.
                </p>
                <ButtonLink
                  to="/sign-up"
                  variant={page.isDemoOffered ? 'secondary' : 'primary'}
                  wide
                  className="mt-auto"
                >
                  Create your organisation
                </ButtonLink>
              </div>
            </div>
            {isOpeningDemo ? (
              <div className="mt-6 max-w-[40rem]">
                <DemoProgress />
              </div>
            ) : null}
            <p className="mt-6 text-ink-soft">
              Already have an account? <TextLink to="/sign-in">Sign in</TextLink>. Were you sent a report?{' '}
              <TextLink to="/verify">Verify it</TextLink>, without an account.
            </p>
          </div>
          <Specimen />
        </div>
        <ul className="ledger-rule grid gap-x-12 gap-y-7 pt-7 md:grid-cols-3">
          {proofs.map((proof) => (
            <li key={proof.title}>
              <h2 className="font-semibold text-lead">{proof.title}</h2>
              <p className="mt-1.5 text-ink-soft">{proof.text}</p>
            </li>
          ))}
        </ul>
      </main>
    </div>
  )
}
