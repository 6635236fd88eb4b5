/** A real Chromium: the system's where there is one, else the one inside an npm package. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core'

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export const DESKTOP = { width: 1440, height: 900 }
export const PHONE = { width: 360, height: 740 }

async function packagedBrowser(): Promise<string> {
  // The package unpacks the shared libraries it carries only where it believes to be on this runtime.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  return packaged.executablePath()
}

export async function launchBrowser(): Promise<Browser> {
  const configured = process.env.ATTESTED_TEST_BROWSER
  const system = [configured, ...SYSTEM_BROWSERS].find((path) => path && existsSync(path))
  return chromium.launch({
    executablePath: system ?? (await packagedBrowser()),
    headless: true,
    args: [
      // Chromium refuses to run as root with its sandbox; these tests load our own pages only.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export const CONTEXT: BrowserContextOptions = { viewport: DESKTOP, acceptDownloads: true, locale: 'en-GB' }
