import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { renderReport } from '#app/report/render.server.ts'
import { makeRevocationList } from '#app/report/revocation.server.ts'
import type { Envelope } from '#app/report/twins/envelope.ts'
import { dentalAnswers } from '#app/services/demo/clients.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { makeArchivedReport } from '../report/archived-report.ts'
import { exampleStatement } from '../report/example-statement.ts'
import { hasTool } from '../report/outside-tools.ts'
import { issueChain, openIssuers, statementWithOwn } from '../report/pkcs12-files.ts'
import { makeAuthority, makeReportWithEnvelope, SIGNED_AT } from '../report/signed-report.ts'
import { sidewaysOverflow, violationsOn } from '../support/axe.ts'
import { CONTEXT, launchBrowser, PHONE } from '../support/browser.ts'
import { attestThroughOutbox } from '../support/officer.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'
import { answerAll, startOn } from '../support/signed-in-page.ts'
import { startTimestampAuthority } from '../support/timestamp-authority.ts'

let server: RunningServer
let browser: Browser
/** Of a member of the demo workspace, who has a signed report. */
let member: Page
let reportPath: string
let report: Buffer
let authority: string
/** Somebody else's: no account, no cookie. */
let visitor: BrowserContext
let page: Page
let sent: string[]

const file = (name: string) => join(server.dataDir, name)

beforeAll(async () => {
  server = await startServer({ dataDir: makeDataDir() })
  browser = await launchBrowser()
  member = await (await browser.newContext(CONTEXT)).newPage()
  await member.goto(server.url)
  await member.getByRole('button', { name: 'Explore the demo workspace' }).first().click()
  await member.waitForURL('**/clients', { timeout: 240_000 })
  await member.getByRole('link', { name: 'Harbour Street Dental Group' }).first().click()
  await member.waitForURL(/clients\/[0-9a-f-]{36}$/)
  await member.goto(`${member.url()}/reports`)
  reportPath = (await member.locator('a[href^="/reports/"]').first().getAttribute('href')) ?? ''
  const get = async (path: string) => (await member.request.get(`${server.url}${path}`)).body()
  report = await get(`${reportPath}/file`)
  authority = file('authority.pem')
  writeFileSync(authority, await get(`${reportPath}/authority`))
  writeFileSync(file('report.pdf'), report)
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (server) removeDataDir(server.dataDir)
})

beforeEach(async () => {
  await visitor?.close()
  visitor = await browser.newContext(CONTEXT)
  page = await visitor.newPage()
  page.setDefaultTimeout(60_000)
  const verifier = page.waitForResponse(/verify-worker/)
  await page.goto(`${server.url}/verify`)
  await (await verifier).finished()
  await page.waitForLoadState('networkidle')
  sent = []
  // Of the whole context: of workers as well.
  visitor.on('request', (request) => sent.push(wordsOf(request)))
})

const wordsOf = (request: Request) =>
  [request.method(), request.url(), request.postData() ?? ''].filter(Boolean).join(' ')

/** Signs another application of the same client and form. @returns the report's path */
async function signAgain(): Promise<string> {
  await member.goto(`${server.url}${reportPath}`)
  const client = await member
    .getByRole('navigation', { name: 'Breadcrumb' })
    .getByRole('link', { name: 'Harbour Street Dental Group' })
    .getAttribute('href')
  const pick = { formCode: 'core-cyber', edition: '1' }
  const application = await startOn(member, `${server.url}${client}`, pick)
  expect(new Set(await answerAll(member, application, dentalAnswers(new Date())))).toEqual(new Set([200]))
  await member.goto(`${application}/sign`)
  await member.waitForLoadState('networkidle')
  await member.getByLabel('Your title').fill('Lead technician')
  await member.getByLabel(/I certify that the technical facts/).check()
  await member.getByLabel('Full name', { exact: true }).fill('Oscar Officer')
  await member.getByLabel('Title', { exact: true }).fill('Owner')
  await member.getByLabel('Role').selectOption('president-or-owner')
  await member.getByLabel('E-mail address', { exact: true }).fill('oscar@harbour.example')
  await member.getByRole('button', { name: 'Certify and prepare the report' }).click()
  await member.waitForURL(/reports\/[0-9a-f-]{36}$/)
  await attestThroughOutbox(member, server.url, 'Oscar Officer')
  await member.getByRole('link', { name: 'Download the signed report' }).waitFor({ timeout: 240_000 })
  return new URL(member.url()).pathname
}

async function choose(name: string, content: Uint8Array | string) {
  writeFileSync(file(name), content)
  await page.getByLabel('The report').setInputFiles(file(name))
}

const result = () => page.getByRole('region', { name: /^Result for/ })
const resultText = async () => (await result().allInnerTexts()).join()
/** The checks that failed, in their order, each with its reason. */
const failures = () =>
  result()
    .getByRole('listitem')
    .filter({ hasText: /^Failed/ })
    .allInnerTexts()

describe.skipIf(!hasTool('openssl'))('a report with a certificate of another issuer', () => {
  test('verifies in the browser under an RSA authority, and says who has to judge that issuer', async () => {
    const issuers = openIssuers()
    try {
      const { signer, chain } = issueChain(issuers, { signer: 'rsa:2048', issuer: 'rsa:2048' })
      const { statement, own } = await statementWithOwn(issuers.pkcs12(signer, chain))
      const preparer = await makeAuthority(statement, SIGNED_AT, 'rsa-3072')
      const { pdf } = await makeReportWithEnvelope({ statement, authority: preparer, own })
      await choose('own.pdf', pdf)
      await result().getByText('Every check holds.').waitFor()
      expect(await resultText()).toMatch(/“Brightwater”, issued by “Nordic Signing CA 3”/)
      expect(await resultText()).toContain('is for your PDF reader, or your own list, to say')
      // A name with letters of its own asks for the font that has them.
      expect(sent.filter((request) => !/^GET \S+\/assets\/\S+\.woff2$/.test(request))).toEqual([])
    } finally {
      issuers.close()
    }
  })
})

describe.skipIf(!hasTool('openssl'))('a report that was archived', () => {
  test('says when the whole file existed, and fails in the browser as well when the archive was changed', async () => {
    const tsa = await startTimestampAuthority()
    try {
      const { pdf, signed } = await makeArchivedReport({ authority: await makeAuthority(), tsa })
      await choose('archived.pdf', pdf)
      await result().getByText('Every check holds.').waitFor()
      expect(await resultText()).toMatch(
        /The whole file existed at .* by the clock of “Test timestamp authority”/,
      )
      expect(await resultText()).toContain('No certificate was known as revoked when the report was archived')
      const changed = Uint8Array.from(pdf)
      // Within the revocation list, which stands behind the timestamp.
      const at = signed.length + Math.floor((pdf.length - signed.length) * 0.97)
      changed[at] = (changed[at] ?? 0) ^ 1
      await choose('changed.pdf', changed)
      await result()
        .getByText(/checks? failed/)
        .first()
        .waitFor()
      expect((await failures()).join()).not.toBe('')
      expect(sent.filter((request) => !/^GET \S+\/assets\//.test(request))).toEqual([])
    } finally {
      await tsa.close()
    }
  })
})

describe('a genuine report', () => {
  test('verifies in the browser, in plain words, and nothing is sent', async () => {
    await choose('report.pdf', report)
    await result().getByText('Every check holds.').waitFor()
    expect(sent).toEqual([])
    const text = await resultText()
    expect(text).toContain('Harbour Street Dental Group')
    expect(text).toMatch(/Officer of the insured\n.*\n?attested the answers on \d/)
    expect(text).toMatch(/Answers\n\d+: \d+ supported/)
    expect(text).toContain('was not compared')
    // The same words as on the command line.
    const cli = execFileSync('npm', ['run', '-s', 'attested', '--', 'verify', file('report.pdf')], {
      encoding: 'utf8',
    })
    const titles = [...cli.matchAll(/^(?:ok|note) +(.+)$/gm)].map(([, title]) => title)
    expect(titles).toHaveLength(22)
    for (const title of titles) expect(text).toContain(title)
  })

  test('is verified without any connection once the page is there', async () => {
    await visitor.setOffline(true)
    await choose('report.pdf', report)
    await result().getByText('Every check holds.').waitFor()
  })

  test('is compared with the certificate of its authority', async () => {
    await choose('report.pdf', report)
    // A choice made while a file is being verified ends that run and loads the verifier's script again.
    await result().getByText('Every check holds.').waitFor()
    await page.getByText('Compare with what you have besides').click()
    await page.getByLabel('Certificate of the signing authority').setInputFiles(authority)
    await result().getByText('The signing authority is the one you trust').waitFor()
    expect(await resultText()).toContain('Every check holds.')
    writeFileSync(file('no.pem'), 'not a certificate')
    await page.getByLabel('Certificate of the signing authority').setInputFiles(file('no.pem'))
    await result().getByText('1 of 22 checks failed.').waitFor()
    expect(await failures()).toEqual([expect.stringContaining('cannot be read. Use the PEM file')])
    expect(sent).toEqual([])
  })

  test('is compared with a revocation list, an envelope and evidence that somebody has besides', async () => {
    const statement = exampleStatement()
    const preparer = await makeAuthority(statement)
    const { pdf, envelope } = await makeReportWithEnvelope({
      authority: preparer,
      serialNumbers: [undefined, '0042'],
    })
    const listOf = (serialNumber: string) => {
      const [revokedAt, invalidFrom] = [SIGNED_AT, SIGNED_AT]
      const revoked = [{ serialNumber, revokedAt, invalidFrom, reason: 'not-entitled' as const }]
      return makeRevocationList({ authority: preparer, revoked, now: new Date() })
    }
    await choose('besides.pdf', pdf)
    await result().getByText('Every check holds.').waitFor()
    await page.getByText('Compare with what you have besides').click()
    writeFileSync(file('good.crl'), await listOf('0043'))
    await page.getByLabel('Revocation list of the signing authority').setInputFiles(file('good.crl'))
    await result().getByText('No certificate was revoked before it was used').waitFor()
    expect(await resultText()).toContain('Every check holds.')
    writeFileSync(file('report.dsse.json'), envelope)
    await page.getByLabel('Detached envelope').setInputFiles(file('report.dsse.json'))
    await result().getByText('The envelope that you gave belongs to this file').waitFor()
    expect(await resultText()).toContain('Every check holds.')
    writeFileSync(file('scan.nessus'), 'not what was examined')
    await page.getByLabel('Evidence files').setInputFiles(file('scan.nessus'))
    await result().getByText('1 of 24 checks failed.').waitFor()
    expect(await failures()).toEqual([expect.stringContaining('no evidence with the content of scan.nessus')])
    await page.getByLabel('Evidence files').setInputFiles([])
    await result().getByText('Every check holds.').waitFor()
    writeFileSync(file('revoked.crl'), await listOf('0042'))
    await page.getByLabel('Revocation list of the signing authority').setInputFiles(file('revoked.crl'))
    await result().getByText('1 of 23 checks failed.').waitFor()
    expect(await failures()).toEqual([expect.stringContaining('the person was not entitled to sign')])
    expect(sent.filter((request) => !/^GET \S+\/assets\//.test(request))).toEqual([])
  })

  test('can be dropped, and chosen with the keyboard alone', async () => {
    const label = page.getByLabel('The report')
    await label.focus()
    const opened = page.waitForEvent('filechooser')
    // One more round to the browser, so that it has learnt of the waiting before the key is pressed.
    await page.evaluate(() => undefined)
    await page.keyboard.press('Enter')
    const chooser = await opened
    await chooser.setFiles(file('report.pdf'))
    await result().getByText('Every check holds.').waitFor()
    const bytes = [...report.subarray(0, 2000)]
    const dropped = await page.evaluateHandle((content) => {
      const held = new DataTransfer()
      held.items.add(new File([new Uint8Array(content)], 'dropped.pdf', { type: 'application/pdf' }))
      return held
    }, bytes)
    await label.dispatchEvent('drop', { dataTransfer: dropped })
    await page.getByRole('region', { name: 'Result for dropped.pdf' }).waitFor()
  })

  test('the watch over requests sees a part of the file when one is sent', async () => {
    await page.evaluate(() => fetch('/verify/status', { method: 'POST', body: '%PDF-1.7' }))
    expect(sent).toEqual([expect.stringContaining('%PDF-1.7')])
  })

  test('the worker that reads the file may not connect to anything', async () => {
    const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    const worker = names.find((name) => /verify-worker/.test(name))
    const reply = await fetch(String(worker))
    expect(reply.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; connect-src 'none'",
    )
    const [running] = page.workers()
    const attempt = running?.evaluate(() =>
      fetch('/healthz').then(
        () => 'sent',
        () => 'refused',
      ),
    )
    expect(await attempt).toBe('refused')
    // Nothing of the server's is in what the browser runs.
    expect(await reply.text()).not.toMatch(/node:|process\.env\.(?!NODE_ENV)|DATABASE_URL|\.server\./)
  })
})

describe('what is not the report that was signed is rejected with its reason', () => {
  test('a flipped bit', async () => {
    const changed = Uint8Array.from(report)
    // In the first page's content.
    const at = report.indexOf('stream') + 200
    changed[at] = (changed[at] ?? 0) ^ 1
    await choose('changed.pdf', changed)
    await result().getByText('Do not rely on this file').waitFor()
    expect((await failures()).join()).toContain('was changed afterwards')
    const text = await resultText()
    expect(text.indexOf('Failed')).toBeLessThan(text.indexOf('Holds'))
    expect(text).not.toContain('Who signed\n')
    expect(sent).toEqual([])
  })

  test('a twin that says something else, though its signer attached it', async () => {
    const forging = { authority: await makeAuthority(), rendered: await renderReport(exampleStatement()) }
    const oscal = await makeReportWithEnvelope({
      ...forging,
      attach: (genuine) => ({ ...genuine, oscal: genuine.oscal.replace('"not-satisfied"', '"satisfied"') }),
    })
    await choose('oscal.pdf', oscal.pdf)
    await page.getByRole('region', { name: 'Result for oscal.pdf' }).waitFor()
    expect(await failures()).toEqual([
      expect.stringMatching(/The OSCAL file says what the statement says[\s\S]*use the statement instead/),
    ])
    const envelope = await makeReportWithEnvelope({
      ...forging,
      attach: (genuine) => {
        const changed = JSON.parse(genuine.envelope) as Envelope
        const payload = Buffer.from(changed.payload, 'base64').toString().replace('Brightwater', 'Darkwater')
        return {
          ...genuine,
          envelope: JSON.stringify({ ...changed, payload: Buffer.from(payload).toString('base64') }),
        }
      },
    })
    await choose('envelope.pdf', envelope.pdf)
    await page.getByRole('region', { name: 'Result for envelope.pdf' }).waitFor()
    expect(await failures()).toEqual([
      expect.stringMatching(/signature does not fit the key of the technical contributor/),
    ])
    // Names in other letters are shown, and the page's own font has them in a file of its own.
    expect(sent.filter((request) => !/^GET \S+\/assets\/\S+\.woff2$/.test(request))).toEqual([])
  })

  test('an update appended by another program', async () => {
    const startxref = report.toString('latin1').match(/startxref\n(\d+)\n%%EOF\n$/)?.[1]
    const update = `99999 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n99999 1\n${String(report.length).padStart(10, '0')} 00000 n \ntrailer\n<< /Size 100000 /Prev ${startxref} >>\nstartxref\n${report.length + 43}\n%%EOF\n`
    await choose('appended.pdf', Buffer.concat([report, Buffer.from(update)]))
    await result().getByText('Do not rely on this file').waitFor()
    expect((await failures())[0]).toMatch(/Every byte belongs|covers everything|nothing was changed or added/)
    await choose('trailing.pdf', Buffer.concat([report, Buffer.from('% more\n')]))
    await page.getByRole('region', { name: 'Result for trailing.pdf' }).waitFor()
    expect(await failures()).toEqual([expect.stringContaining('it is cut off or something was added')])
  })

  test('what is no PDF, what is empty, and what is too large', async () => {
    await choose('picture.pdf', 'GIF89a and so on')
    await result().waitFor()
    expect(await failures()).toEqual([expect.stringContaining('The file is not a PDF.')])
    expect(await resultText()).toContain('21 could not be made')
    await choose('empty.pdf', '')
    await page.getByText('This file is empty.').waitFor()
    expect(await result().count()).toBe(0)
    await choose('huge.pdf', Buffer.alloc(64 * 1024 * 1024 + 1))
    await page.getByText('larger than 64 MiB').waitFor()
    expect(await page.getByLabel('The report').getAttribute('aria-invalid')).toBe('true')
    expect(sent).toEqual([])
  })

  test('an encrypted copy', async () => {
    // By hand, as no tool may be needed: a file of the reports' form whose trailer names an encryption.
    const body = '%PDF-1.7\n%\u00ff\u00ff\u00ff\u00ff\n1 0 obj\n<< /Filter /Standard >>\nendobj\n'
    const text = `${body}xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 2 /Encrypt 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
    await choose('encrypted.pdf', Buffer.from(text, 'latin1'))
    await result().waitFor()
    expect(await failures()).toEqual([expect.stringContaining('The file is encrypted')])
  })
})

describe('whether it is still in force', () => {
  const askNow = async () => {
    await page.getByRole('button', { name: 'Ask whether it is still in force' }).click()
  }

  test('is asked only by its button, and only the SHA-256 is sent', async () => {
    await choose('report.pdf', report)
    await result().waitFor()
    expect(sent).toEqual([])
    await askNow()
    await page.getByText('neither withdrawn nor superseded').waitFor()
    expect(sent).toEqual([`GET ${server.url}/verify/status?sha256=${sha256Hex(report)}`])
    // Nor does the log keep which report was asked about.
    expect(server.log()).not.toContain(sha256Hex(report))
  })

  test('is not known of a file that was never handed out', async () => {
    await choose('other.pdf', 'not ours')
    await result().waitFor()
    await askNow()
    await page.getByText('This file is not known here').waitFor()
  })

  test('a connection that fails is told, and it can be asked again', async () => {
    await choose('report.pdf', report)
    await result().waitFor()
    await visitor.setOffline(true)
    await askNow()
    await page.getByText('The server could not be reached.').waitFor()
    await visitor.setOffline(false)
    await askNow()
    await page.getByText('neither withdrawn nor superseded').waitFor()
  })

  test('the answer fits a phone and is accessible, in the light and in the dark', async () => {
    const looked = await browser.newContext({ ...CONTEXT, bypassCSP: true })
    page = await looked.newPage()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`${server.url}/verify`)
    await page.waitForLoadState('networkidle')
    const changed = Uint8Array.from(report)
    changed[5000] = (changed[5000] ?? 0) ^ 1
    for (const [name, content] of [
      ['report.pdf', report],
      ['changed.pdf', changed],
    ] as const) {
      await choose(name, content)
      await page.getByRole('region', { name: `Result for ${name}` }).waitFor()
      await askNow()
      await page.getByText(/neither withdrawn|not known here/).waitFor()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.setViewportSize(PHONE)
        expect(await violationsOn(page)).toEqual([])
        expect(await sidewaysOverflow(page)).toBe(0)
      }
    }
    await looked.close()
  })

  // The demo has one signed report of this client: a newer one is signed beside it.
  test('turns with the report: superseded, then withdrawn', async () => {
    const newer = await signAgain()
    await choose('report.pdf', report)
    await result().waitFor()
    await member.goto(`${server.url}${newer}`)
    await member.getByRole('heading', { name: 'An earlier report is still in force' }).waitFor()
    await member.getByLabel('Reason').first().fill('Renewal for the next policy period.')
    await member.getByRole('button', { name: 'Mark as superseded' }).click()
    await member.getByText('Superseded: a newer report took its place').waitFor()
    expect(new URL(member.url()).pathname).toBe(reportPath)
    await askNow()
    await page.getByText('The preparer’s reason: Renewal for the next policy period.').waitFor()

    const newerFile = await (await member.request.get(`${server.url}${newer}/file`)).body()
    await member.goto(`${server.url}${newer}`)
    await member.getByText('Withdraw this signed report').click()
    await member.getByLabel('Reason').fill('One answer turned out to be wrong.')
    await member.getByRole('button', { name: 'Withdraw' }).click()
    await member.getByText('Withdrawn: this report is no longer in force').waitFor()
    await choose('newer.pdf', newerFile)
    await result().getByText('Every check holds.').waitFor()
    await askNow()
    await page.getByText('The preparer’s reason: One answer turned out to be wrong.').waitFor()
    // The superseded file is still there, as it was.
    expect(await (await member.request.get(`${server.url}${reportPath}/file`)).body()).toEqual(report)
  }, 600_000)
})
