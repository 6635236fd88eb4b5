import sansRegular from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2?url'
import sansSemibold from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff2?url'
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import { type ReactNode, useMemo, useState } from 'react'
import { ErrorPage } from './components/error-page.tsx'
import { useNonce } from './components/nonce.ts'
import { pageTitle } from './components/page-title.ts'
import { readTheme, ThemeContext, type ThemePreference, writeTheme } from './components/theme.ts'
import { ToastRegion } from './components/toast.tsx'
import stylesheet from './styles/app.css?url'

export const links: LinksFunction = () => [
  ...[sansRegular, sansSemibold].map((href) => ({
    rel: 'preload',
    as: 'font' as const,
    type: 'font/woff2',
    href,
    crossOrigin: 'anonymous' as const,
  })),
  { rel: 'stylesheet', href: stylesheet },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  { rel: 'icon', href: '/favicon.ico', sizes: '32x32' },
  { rel: 'apple-touch-icon', href: '/apple-touch-icon.png' },
]

export const meta: MetaFunction = () => [{ title: pageTitle() }]

export function loader({ request }: LoaderFunctionArgs) {
  return { theme: readTheme(request.headers.get('Cookie')) }
}

const colorSchemes: Record<ThemePreference, string> = { system: 'light dark', light: 'light', dark: 'dark' }

/** The document around every page, error pages included; the loader's data is missing when the root failed. */
export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const stored = useRouteLoaderData<typeof loader>('root')?.theme ?? 'system'
  const [theme, setTheme] = useState<ThemePreference>(stored)

  const themeState = useMemo(
    () => ({
      theme,
      setTheme: (next: ThemePreference) => {
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we serve.
        document.cookie = writeTheme(next)
        setTheme(next)
      },
    }),
    [theme],
  )

  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={colorSchemes[theme]} />
        <Meta />
        <Links />
      </head>
      <body>
        <ThemeContext.Provider value={themeState}>
          <ToastRegion>{children}</ToastRegion>
        </ThemeContext.Provider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  if (!isRouteErrorResponse(error)) return <ErrorPage status={500} />
  const { sentence, reference } = readErrorBody(error.data)
  return <ErrorPage status={error.status} sentence={sentence} reference={reference} />
}

/** Routes throw `{ sentence, reference }`; a body of another shape is never shown, it may be internal. */
function readErrorBody(body: unknown): { sentence?: string; reference?: string } {
  if (typeof body !== 'object' || body === null) return {}
  const { sentence, reference } = body as Record<string, unknown>
  return {
    sentence: typeof sentence === 'string' ? sentence : undefined,
    reference: typeof reference === 'string' ? reference : undefined,
  }
}
