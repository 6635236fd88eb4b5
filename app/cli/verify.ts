/** `attested verify FILE`: checks a signed report or a claim pack offline and says each check in words. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { PackVerification } from '#app/report/claim-pack/verify-pack.server.ts'
import { DO_NOT_RELY, glanceOf, READ_NOTES, signersInWords, verdictOf } from '#app/report/verify/words.ts'
import { type Verification, verifyReport } from '#app/report/verify.ts'

interface Streams {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

const USAGE =
  'Usage: npm run -s attested -- verify REPORT.pdf|PACK.zip [--authority CERTIFICATE.pem] [--timestamp-authority CERTIFICATE.pem] [--revocation-list FILE.crl] [--envelope FILE.json] [--evidence FILE]... [--json]\n'

/** @returns the exit status: 0 when every check holds, 1 when one fails, 2 when the files cannot be read. */
export async function runVerify(argv: string[], { stdout, stderr }: Streams = process): Promise<number> {
  const asked = parseArguments(argv)
  if (!asked) {
    stderr.write(USAGE)
    return 2
  }
  let verification: Verification | PackVerification
  try {
    const read = async (path: string | undefined) =>
      path === undefined ? undefined : await readFile(path, 'utf8')
    const options = {
      trustedAuthorityPem: await read(asked.authority),
      trustedTimestampPem: await read(asked['timestamp-authority']),
    }
    const detachedEnvelope = await read(asked.envelope)
    const list = asked['revocation-list']
    const revocationList = list === undefined ? undefined : new Uint8Array(await readFile(list))
    if (await isArchive(asked.report)) {
      if (detachedEnvelope !== undefined || revocationList !== undefined || asked.evidence) {
        stderr.write(
          'An envelope, a revocation list and evidence are compared with a report. Name the report itself, not a claim pack.\n',
        )
        return 2
      }
      const { verifyPack } = await import('#app/report/claim-pack/verify-pack.server.ts')
      verification = await verifyPack(asked.report, options)
    } else {
      verification = await verifyReport(new Uint8Array(await readFile(asked.report)), {
        ...options,
        revocationList,
        detachedEnvelope,
        evidenceFiles: await Promise.all((asked.evidence ?? []).map(digestFile)),
      })
    }
  } catch (error) {
    stderr.write(`${explainUnread(error as NodeJS.ErrnoException)}\n`)
    return 2
  }
  stdout.write(asked.json ? `${JSON.stringify(verification, null, 2)}\n` : inWords(verification))
  return verification.ok ? 0 : 1
}

/** In pieces: evidence may be larger than memory. */
async function digestFile(path: string): Promise<{ name: string; sha256: string }> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return { name: basename(path), sha256: hash.digest('hex') }
}

/** By its content, as the name may be any: a ZIP begins with a file's header and ends with the directory's. */
async function isArchive(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const [head, tail] = [Buffer.alloc(4), Buffer.alloc(22)]
    await file.read(head, 0, 4, 0)
    await file.read(tail, 0, 22, Math.max(0, size - 22))
    return head.equals(Buffer.from('PK\x03\x04')) || tail.indexOf('PK\x05\x06') === 0
  } finally {
    await file.close()
  }
}

function parseArguments(argv: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        authority: { type: 'string' },
        'timestamp-authority': { type: 'string' },
        'revocation-list': { type: 'string' },
        envelope: { type: 'string' },
        evidence: { type: 'string', multiple: true },
      },
    })
    const [report, ...more] = positionals
    return report && more.length === 0 ? { report, ...values } : null
  } catch {
    return null
  }
}

function explainUnread({ code, path, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `There is no file ${path}. Check its name.`
  if (code === 'EISDIR') return 'That is a folder. Name the file itself.'
  if (code === 'EACCES') return `The file ${path} may not be read. Check its permissions.`
  return `The file could not be read: ${message}`
}

function inWords(verification: Verification | PackVerification): string {
  const { ok, checks } = verification
  const lines = checks.map((check) => {
    const mark = check.ok ? (check.note ? 'note  ' : 'ok    ') : 'FAILED'
    return `${mark}  ${check.title}\n        ${check.detail}`
  })
  const summary = ok
    ? [
        ...('manifest' in verification ? aboutPack(verification) : aboutReport(verification)),
        ...(checks.some(({ note }) => note) ? [READ_NOTES] : []),
      ]
    : [`${verdictOf(checks)} ${DO_NOT_RELY}`]
  // Control characters of a hostile file must not reach the terminal.
  const text = [...lines, '', ...summary].join('\n')
  return `${text.replaceAll(/(?!\n)\p{Cc}/gu, '�')}\n`
}

function aboutReport({ checks, signatures, statement }: Verification): string[] {
  return [
    `${verdictOf(checks)} This is the report that was signed${statement ? ` for ${statement.client.legalName}` : ''} by:`,
    ...signersInWords(signatures, statement).map(
      ({ name, as, did, at }) => `  ${name}, ${as}, who ${did} at ${at}`,
    ),
    'What it says:',
    ...(statement ? glanceOf(statement).map(({ term, value }) => `  ${term}: ${value}`) : []),
    'Whether it was withdrawn or superseded since stands in no file: ask at /verify where it was prepared.',
  ]
}

function aboutPack({ manifest }: PackVerification): string[] {
  if (!manifest) return []
  const { client, incident, organisation, madeAt, asOf, knownOn } = manifest
  return [
    `Every check holds. This is the claim pack that ${organisation.name} made for ${client.legalName} on ${madeAt}:`,
    `  ${incident.title}, as of ${asOf}; nothing in it was recorded after ${knownOn}`,
  ]
}
