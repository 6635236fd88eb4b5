import { ButtonLink } from './button.tsx'
import { SiteHeader } from './site-header.tsx'

interface Explanation {
  title: string
  what: string
  next: string
}

const explanations: Record<number, Explanation> = {
  401: {
    title: 'Please sign in',
    what: 'This page is only shown to people who are signed in, and your session has ended.',
    next: 'Sign in, and you can go on where you were. Answers that said "Saved" are kept.',
  },
  403: {
    title: 'You may not open this page',
    what: 'You are signed in, but your role in this organisation does not include this.',
    next: 'Ask an owner of the organisation to do it or to change your role.',
  },
  404: {
    title: 'There is no such page',
    what: 'The address may be mistyped, or what was here belongs to another organisation or has been archived.',
    next: 'Go back to the start and look for it from there.',
  },
}

const fault: Explanation = {
  title: 'Something failed on our side',
  what: 'The page could not be prepared. Nothing you saved before is lost.',
  next: 'Load the page again. If it fails again, send your administrator the reference below.',
}

export function explainStatus(status: number): Explanation {
  return explanations[status] ?? fault
}

interface ErrorPageProps {
  status: number
  /** A plain sentence from the server that is more exact than ours. */
  sentence?: string
  /** What a log can be searched for. */
  reference?: string
}

export function ErrorPage({ status, sentence, reference }: ErrorPageProps) {
  const { title, what, next } = explainStatus(status)
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader />
      <main id="main" className="mx-auto w-full max-w-[44rem] px-4 pt-12 pb-20 sm:px-8 sm:pt-24">
        <p className="font-mono text-caption text-ink-faint">{status}</p>
        <h1 className="mt-1 font-semibold text-display tracking-[-0.02em]">{title}</h1>
        <div className="ledger-rule mt-6 space-y-3 pt-6">
          <p>{sentence ?? what}</p>
          <p>{next}</p>
          {reference ? <p className="font-mono text-caption text-ink-soft">Reference {reference}</p> : null}
        </div>
        <div className="mt-7 flex flex-wrap gap-3">
          {status === 401 ? (
            <ButtonLink to="/sign-in" variant="primary">
              Sign in
            </ButtonLink>
          ) : (
            <ButtonLink to="/" variant="primary">
              Go to the start
            </ButtonLink>
          )}
          {status >= 500 ? (
            <ButtonLink to="." reloadDocument>
              Load again
            </ButtonLink>
          ) : null}
        </div>
      </main>
    </div>
  )
}
