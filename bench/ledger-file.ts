/** A made-up export of a ledger, as large as wanted, with signed checkpoints: written and never held in memory. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { makeEncryptedKey } from '#app/report/authority-keys/encrypted-key.server.ts'
import { createAuthority, issueSigner } from '#app/report/keys.server.ts'
import { sealText } from '#app/report/seal.server.ts'
import { canonicalJson } from '#evidence/canonical.ts'
import { digestCheckpoint, writeCheckpointBody } from '#evidence/checkpoint.ts'
import { CHECKPOINT_UNIT } from '#evidence/checkpoint-signature.server.ts'
import { appendAfter, type LedgerEntry } from '#evidence/ledger.ts'
import { writeHeader, writeLine } from '#evidence/ledger-export.ts'
import { streamMerkle } from '#evidence/merkle.ts'

const ORGANISATION = { id: '7b0c2f4e-3a91-4c55-9d1e-52f3c8a6b001', name: 'Fjord IT' }
const START = new Date('2026-01-05T10:00:00.000Z')
const PASSPHRASE = 'a passphrase of this measurement only'
const CHECKPOINTS = 10

/** @returns the size of the file in bytes */
export async function writeLedgerFile(path: string, entries: number): Promise<number> {
  const file = createWriteStream(path, { highWaterMark: 1024 * 1024 })
  const put = async (line: string) => {
    if (!file.write(line)) await once(file, 'drain')
  }
  const { key } = await makeEncryptedKey('ec-p256', PASSPHRASE)
  const authority = await createAuthority({
    organisationName: ORGANISATION.name,
    organisationId: ORGANISATION.id,
    key,
    now: START,
  })
  const tree = streamMerkle()
  let last: LedgerEntry | null = null
  const append = async (kind: string, payload: Record<string, unknown>) => {
    const at = new Date(START.getTime() + tree.size() * 1000).toISOString()
    const said = { organisationId: ORGANISATION.id, kind, payload: canonicalJson(payload), at }
    last = appendAfter(last, { ...said, actor: 'Ines Halvorsen <ines@fjord-it.example>' })
    tree.add(Buffer.from(last.hash, 'hex'))
    await put(writeLine({ entry: last }))
    return last
  }
  const { certificatePem } = authority
  await put(
    writeHeader({
      organisationId: ORGANISATION.id,
      organisationName: ORGANISATION.name,
      exportedAt: START.toISOString(),
    }),
  )
  await append('key.created', { purpose: 'authority', certificatePem })
  let made = 0
  while (tree.size() < entries) {
    const entry = await append('answer.recorded', {
      applicationId: ORGANISATION.id,
      questionId: 'mfa-email',
      index: tree.size(),
    })
    if (tree.size() < ((made + 1) * entries) / (CHECKPOINTS + 1)) continue
    made += 1
    const checkpoint = await seal(authority, made, entry, tree.root())
    await put(writeLine({ checkpoint }))
    const record = { number: made, size: entry.sequence, checkpointSha256: digestCheckpoint(checkpoint) }
    await append('ledger.checkpointed', record)
  }
  await put(writeLine({ end: { entries: tree.size(), checkpoints: made } }))
  file.end()
  await finished(file)
  return file.bytesWritten
}

async function seal(
  authority: Awaited<ReturnType<typeof createAuthority>>,
  number: number,
  entry: LedgerEntry,
  rootHash: string,
) {
  const signer = {
    role: CHECKPOINT_UNIT,
    name: 'Ledger checkpoint',
    title: 'Automatic seal',
    email: null,
  } as const
  const identity = await issueSigner({
    authority,
    signer: { ...signer, organisation: ORGANISATION.name },
    now: START,
  })
  const body = writeCheckpointBody({
    organisationId: ORGANISATION.id,
    number,
    size: entry.sequence,
    rootHash,
    headHash: entry.hash,
    createdAt: entry.at,
  })
  return { body, ...(await sealText(body, identity)), timestampToken: null }
}
