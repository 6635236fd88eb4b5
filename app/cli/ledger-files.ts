/** The parts of `attested ledger` that need no database: checking an export, checking a proof. */
import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { fingerprintOf } from '#evidence/checkpoint-signature.server.ts'
import { type InclusionVerdict, verifyInclusionDocument } from '#evidence/inclusion-document.server.ts'
import { verifyLedgerExport } from '#evidence/verify-ledger-export.server.ts'
import { type LedgerArguments, refuse, type Streams } from './ledger.ts'
import { NOT_COMPARED, titleOfExport, verdictInWords } from './ledger-words.ts'
import { explainUnread, printableJson, withoutControls } from './terminal-text.ts'

/** Larger than any proof: the largest entry and a few certificates. */
const MOST_PROOF_BYTES = 64 * 1024 * 1024

/** @returns the exit status */
export async function verifyFile(asked: LedgerArguments, streams: Streams): Promise<number> {
  try {
    const trusted = await readTrusted(asked)
    const file = createReadStream(asked.target ?? '', { highWaterMark: 1024 * 1024 })
    const { header, verdict } = await verifyLedgerExport(file, trusted)
    if (asked.json) streams.stdout.write(printableJson({ header, ...verdict }))
    else {
      const title = header ? titleOfExport(header) : 'The file'
      for (const line of verdictInWords(title, verdict, 'file', asked.timestampAuthority !== undefined))
        streams.stdout.write(`${withoutControls(line)}\n`)
    }
    return verdict.ok ? 0 : 1
  } catch (error) {
    return refuse(streams, explainUnread(error))
  }
}

/** @returns the exit status */
export async function checkProof(asked: LedgerArguments, streams: Streams): Promise<number> {
  try {
    const trusted = await readTrusted(asked)
    const text = await readBounded(asked.target ?? '')
    const verdict = await verifyInclusionDocument(text, trusted)
    if (asked.json) streams.stdout.write(printableJson(verdict))
    else for (const line of proofInWords(verdict, asked)) streams.stdout.write(`${withoutControls(line)}\n`)
    return verdict.ok ? 0 : 1
  } catch (error) {
    return refuse(streams, explainUnread(error))
  }
}

async function readTrusted({ authority, timestampAuthority }: LedgerArguments) {
  return {
    trustedAuthorityPem: await readCertificate(authority, 'the organisation'),
    trustedTimestampPem: await readCertificate(timestampAuthority, 'the timestamp authority'),
  }
}

async function readCertificate(path: string | undefined, owner: string): Promise<string | undefined> {
  if (path === undefined) return undefined
  const pem = await readFile(path, 'utf8')
  if (fingerprintOf(pem) === null)
    throw new Error(`${path} holds no certificate. Use the PEM file from ${owner}.`)
  return pem
}

async function readBounded(path: string): Promise<string> {
  const file = await open(path)
  try {
    if ((await file.stat()).size > MOST_PROOF_BYTES) throw new Error('It is too large for a proof.')
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

function proofInWords(
  { ok, document, faults, authority, timestamp }: InclusionVerdict,
  { timestampAuthority }: LedgerArguments,
): string[] {
  if (!document) return ['FAILED  The file', ...faults.map((fault) => `        - ${fault}`)]
  const { entry, checkpoint } = document
  const said = JSON.parse(checkpoint.body) as { number?: number; size?: number; createdAt?: string }
  const lines = [
    `${ok ? 'ok    ' : 'FAILED'}  Entry ${entry.sequence} of organisation ${entry.organisationId}`,
    `        ${entry.kind}, by ${entry.actor}, ${entry.at}`,
    `        ${entry.payload}`,
    ...faults.map((fault) => `        - ${fault}`),
  ]
  if (ok) {
    lines.push(
      `        It is among the ${said.size} entries that checkpoint ${said.number} of ${said.createdAt} was signed over.`,
    )
  }
  if (authority) {
    lines.push(`        Signed under “${authority.name}”, SHA-256 fingerprint ${authority.fingerprint}.`)
  }
  if (timestamp) {
    const { at, authority: name, fingerprint } = timestamp
    lines.push(
      `        Timestamped ${at.toISOString()} by “${name}”, SHA-256 fingerprint ${fingerprint}${timestampAuthority === undefined ? NOT_COMPARED : ''}.`,
    )
  }
  return lines
}
