import type { ReactNode } from 'react'
import { SkipLink } from './app-shell.tsx'
import { classNames } from './class-names.ts'
import { SiteHeader } from './site-header.tsx'

interface AuthLayoutProps {
  title: string
  lead?: ReactNode
  /** The form. */
  children: ReactNode
  /** Under the form: the way to the other form. */
  footer?: ReactNode
  /** Beside the form on wide screens: what to know before filling it in. */
  aside?: ReactNode
}

/** Sign-in, sign-up and other pages that are one form. */
export function AuthLayout({ title, lead, children, footer, aside }: AuthLayoutProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <SiteHeader />
      <main
        id="main"
        tabIndex={-1}
        className={classNames(
          'mx-auto grid w-full max-w-[62rem] gap-x-20 gap-y-12 px-4 pt-8 pb-20 sm:px-8 sm:pt-16',
          aside ? 'lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]' : null,
        )}
      >
        <div className="mx-auto w-full max-w-[26rem]">
          <h1 className="font-semibold text-title tracking-[-0.018em]">{title}</h1>
          {lead ? <div className="mt-2 text-ink-soft">{lead}</div> : null}
          <div className="mt-7">{children}</div>
          {footer ? <div className="mt-7 border-hairline border-t pt-4 text-ink-soft">{footer}</div> : null}
        </div>
        {aside ? <aside className="mx-auto w-full max-w-[26rem] lg:max-w-none lg:pt-2">{aside}</aside> : null}
      </main>
    </div>
  )
}
