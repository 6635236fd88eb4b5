/** The checkpoints of a ledger while it is read: each against the entries before it, and against what the ledger records. */
import { isDeepStrictEqual } from 'node:util'
import {
  CHECKPOINTED,
  type CheckpointBody,
  CheckpointedPayload,
  digestCheckpoint,
  digestToken,
  readCheckpointBody,
  type SealedCheckpoint,
  TIMESTAMPED,
  TimestampedPayload,
} from './checkpoint.ts'
import { fingerprintOf, judgeSignature } from './checkpoint-signature.server.ts'
import type { LedgerEntry } from './ledger.ts'
import type { collectFaults, LedgerProblem } from './ledger-faults.ts'
import { judgeTimestamp } from './timestamp-token.server.ts'
import type { CheckpointColumns, LedgerExpectations, LedgerRecord } from './verify-ledger.server.ts'

/** The ledger as far as it was read when a checkpoint comes. */
interface ReadSoFar {
  last: LedgerEntry | null
  count: number
  rootHash: string
}

interface Seen {
  digest: string
  tokenDigest: string | null
  timestampEntry: number | null
  isRecorded: boolean
  isTokenRecorded: boolean
}

export function judgeCheckpoints(expected: LedgerExpectations, faults: ReturnType<typeof collectFaults>) {
  const seen = new Map<number, Seen>()
  const authoritiesOfLedger = new Set<string>()
  const authorities = new Map<string, string>()
  const timestampAuthorities = new Map<string, string>()
  /** Checkpoints under other authorities than the trusted one, and none of that one after them yet. */
  const unvouched: number[] = []
  let lastNumber = 0
  let covers = 0
  let count = 0
  let timestamped = 0

  const tell = (number: number | null, problem: LedgerProblem, sentence: string) =>
    faults.add({ part: 'checkpoint', number, problem, sentence })

  function takeEntry({ kind, payload, sequence }: LedgerEntry): void {
    if (kind === 'key.created') rememberAuthority(payload)
    else if (kind === CHECKPOINTED) matchRecord(payload, sequence)
    else if (kind === TIMESTAMPED) matchToken(payload, sequence)
  }

  function rememberAuthority(payload: string): void {
    const said = parse(payload) as { purpose?: unknown; certificatePem?: unknown } | null
    const pem = said?.certificatePem
    const fingerprint = said?.purpose === 'authority' && typeof pem === 'string' ? fingerprintOf(pem) : null
    if (fingerprint) authoritiesOfLedger.add(fingerprint)
  }

  function matchRecord(payload: string, sequence: number): void {
    const { success, data } = CheckpointedPayload.safeParse(parse(payload))
    if (!success) {
      tell(null, 'unrecorded', `Entry ${sequence} records a checkpoint in a form that is not ours.`)
      return
    }
    const held = seen.get(data.number)
    if (!held) {
      const sentence = `Checkpoint ${data.number} is recorded by entry ${sequence}, but it is not there.`
      tell(data.number, 'checkpoint-missing', sentence)
      return
    }
    if (held.digest !== data.checkpointSha256) {
      const sentence = `Checkpoint ${data.number} is not the one that entry ${sequence} records: it was changed or replaced.`
      tell(data.number, 'unrecorded', sentence)
    }
    held.isRecorded = true
  }

  function matchToken(payload: string, sequence: number): void {
    const { success, data } = TimestampedPayload.safeParse(parse(payload))
    if (!success) {
      tell(null, 'unrecorded', `Entry ${sequence} records a timestamp in a form that is not ours.`)
      return
    }
    const held = seen.get(data.number)
    if (held?.tokenDigest !== data.tokenSha256) {
      const sentence = `The timestamp of checkpoint ${data.number} that entry ${sequence} records is missing or was replaced.`
      tell(data.number, 'timestamp-missing', sentence)
    }
    if (!held) return
    held.isTokenRecorded = true
    if (held.timestampEntry !== null && held.timestampEntry !== sequence) {
      const sentence = `The timestamp of checkpoint ${data.number} is listed with entry ${held.timestampEntry}, but entry ${sequence} records it.`
      tell(data.number, 'checkpoint-edited', sentence)
    }
  }

  async function takeCheckpoint(
    { checkpoint, columns }: Extract<LedgerRecord, { checkpoint: unknown }>,
    soFar: ReadSoFar,
  ): Promise<void> {
    count += 1
    const body = readCheckpointBody(checkpoint.body)
    if (!body) {
      const number = columns?.number ?? lastNumber + 1
      lastNumber = number
      tell(number, 'checkpoint-unreadable', `Checkpoint ${number} has a text that is none of ours.`)
      return
    }
    const { number } = body
    judgePlace(body, columns, soFar)
    lastNumber = number
    covers = Math.max(covers, Math.min(body.size, soFar.last?.sequence ?? 0))
    judgeSigner(checkpoint, body)
    await judgeToken(checkpoint, body)
    seen.set(number, {
      digest: digestCheckpoint(checkpoint),
      tokenDigest: checkpoint.timestampToken === null ? null : digestToken(checkpoint.timestampToken),
      timestampEntry: columns?.timestampEntry ?? null,
      isRecorded: false,
      isTokenRecorded: false,
    })
  }

  function judgePlace(
    body: CheckpointBody,
    columns: CheckpointColumns | undefined,
    { last, count: read, rootHash }: ReadSoFar,
  ): void {
    const { type: _type, ...said } = body
    const { number, size } = body
    const name = `Checkpoint ${number}`
    if (columns && !isDeepStrictEqual(columns, { ...said, timestampEntry: columns.timestampEntry })) {
      tell(number, 'checkpoint-edited', `${name} is listed with other values than its signed text has.`)
    }
    if (body.organisationId !== expected.organisationId) {
      tell(number, 'foreign', `${name} belongs to another organisation.`)
    }
    if (number !== lastNumber + 1) {
      tell(number, 'checkpoint-misplaced', `${name} does not follow checkpoint ${lastNumber}.`)
    }
    const end = last?.sequence ?? 0
    if (size > end) {
      const sentence = `${name} covers ${size} entries, but the ledger ends with entry ${end}.`
      tell(number, 'shortened', sentence)
      return
    }
    if (size !== end) {
      const sentence = `${name} covers ${size} entries, but stands after entry ${end}.`
      tell(number, 'checkpoint-misplaced', sentence)
      return
    }
    if (body.rootHash !== rootHash || read !== size) {
      const sentence = `Entries 1 to ${size} are not those that checkpoint ${number} was signed over: their root is another one.`
      tell(number, 'root-differs', sentence)
    }
    if (body.headHash !== last?.hash) {
      tell(number, 'root-differs', `Entry ${size} is not the one that checkpoint ${number} names.`)
    }
  }

  function judgeSigner(checkpoint: SealedCheckpoint, body: CheckpointBody): void {
    const { signer, faults: found } = judgeSignature(checkpoint, body)
    for (const sentence of found) {
      const problem = sentence.startsWith('does not fit') ? 'signature-invalid' : 'certificate-invalid'
      tell(body.number, problem, `Checkpoint ${body.number} ${sentence}`)
    }
    if (!signer) return
    authorities.set(signer.fingerprint, signer.authorityName)
    if (!authoritiesOfLedger.has(signer.fingerprint)) {
      const sentence = `Checkpoint ${body.number} was signed under an authority that the ledger does not record.`
      tell(body.number, 'authority-unknown', sentence)
    } else judgeTrust(body.number, signer.fingerprint, found.length === 0)
  }

  /** Authorities are replaced: a checkpoint under the trusted one vouches for the entries that record the earlier ones. */
  function judgeTrust(number: number, fingerprint: string, holds: boolean): void {
    const { trustedAuthorityFingerprint: trusted } = expected
    if (trusted === undefined) return
    if (fingerprint !== trusted) unvouched.push(number)
    else if (holds) unvouched.length = 0
  }

  async function judgeToken(
    checkpoint: SealedCheckpoint,
    { number, createdAt }: CheckpointBody,
  ): Promise<void> {
    if (checkpoint.timestampToken === null) return
    const verdict = await judgeTimestamp(
      checkpoint.timestampToken,
      Buffer.from(checkpoint.signature, 'base64'),
      { trustedPem: expected.trustedTimestampPem, madeAt: new Date(createdAt) },
    )
    if (!verdict.ok) {
      tell(number, 'timestamp-invalid', `The timestamp of checkpoint ${number} ${verdict.fault}`)
      return
    }
    timestamped += 1
    timestampAuthorities.set(verdict.fingerprint, verdict.authority)
  }

  /** @param end sequence of the last entry */
  function finish(end: number) {
    for (const number of unvouched) {
      const sentence = `Checkpoint ${number} was signed under another authority than the one you gave, and no later checkpoint under that one covers it.`
      tell(number, 'authority-unknown', sentence)
    }
    for (const [number, held] of seen) {
      if (!held.isRecorded)
        tell(
          number,
          'unrecorded',
          `Checkpoint ${number} is recorded by no entry: it or that entry was replaced.`,
        )
      if (held.tokenDigest !== null && !held.isTokenRecorded)
        tell(number, 'unrecorded', `The timestamp of checkpoint ${number} is recorded by no entry.`)
    }
    return {
      count,
      covers: Math.min(covers, end),
      timestamped,
      authorities: [...authorities].map(([fingerprint, name]) => ({ name, fingerprint })),
      timestampAuthorities: [...timestampAuthorities].map(([fingerprint, name]) => ({ name, fingerprint })),
    }
  }

  return { takeEntry, takeCheckpoint, finish }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
