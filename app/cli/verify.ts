/** `attested verify report.pdf`: checks a signed report offline and says each check in words. */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Verification, verifyReport } from '#app/report/verify.ts'

interface Streams {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

const USAGE = 'Usage: npm run -s attested -- verify REPORT.pdf [--authority CERTIFICATE.pem] [--json]\n'

/** @returns the exit status: 0 when every check holds, 1 when one fails, 2 when the files cannot be read. */
export async function runVerify(argv: string[], { stdout, stderr }: Streams = process): Promise<number> {
  const asked = parseArguments(argv)
  if (!asked) {
    stderr.write(USAGE)
    return 2
  }
  let verification: Verification
  try {
    const bytes = await readFile(asked.report)
    const trustedAuthorityPem =
      asked.authority === undefined ? undefined : await readFile(asked.authority, 'utf8')
    verification = await verifyReport(new Uint8Array(bytes), { trustedAuthorityPem })
  } catch (error) {
    stderr.write(`${explainUnread(error as NodeJS.ErrnoException)}\n`)
    return 2
  }
  stdout.write(asked.json ? `${JSON.stringify(verification, null, 2)}\n` : inWords(verification))
  return verification.ok ? 0 : 1
}

function parseArguments(argv: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, authority: { type: 'string' } },
    })
    const [report, ...more] = positionals
    return report && more.length === 0 ? { report, ...values } : null
  } catch {
    return null
  }
}

function explainUnread({ code, path, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `There is no file ${path}. Check its name.`
  if (code === 'EISDIR') return 'That is a folder. Name the report itself.'
  if (code === 'EACCES') return `The file ${path} may not be read. Check its permissions.`
  return `The file could not be read: ${message}`
}

function inWords({ ok, checks, signatures, statement }: Verification): string {
  const lines = checks.map((check) => {
    const mark = check.ok ? (check.note ? 'note  ' : 'ok    ') : 'FAILED'
    return `${mark}  ${check.title}\n        ${check.detail}`
  })
  const failed = checks.filter((check) => !check.ok).length
  const signed = signatures.map(({ name, role, at }) => `  ${name}, ${role.replaceAll('-', ' ')}, ${at}`)
  const summary = ok
    ? [
        `Every check holds. This is the report that was signed${statement ? ` for ${statement.client.legalName}` : ''} by:`,
        ...signed,
        ...(checks.some(({ note }) => note) ? ['Read the notes above before you rely on who signed.'] : []),
      ]
    : [
        `${failed} of ${checks.length} checks failed. Do not rely on this file; ask the preparer for the original.`,
      ]
  // Control characters of a hostile file must not reach the terminal.
  const text = [...lines, '', ...summary].join('\n')
  return `${text.replaceAll(/(?!\n)\p{Cc}/gu, '�')}\n`
}
