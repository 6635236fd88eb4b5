/** Claim packs taken apart and put together again, as Attested does it or as somebody would who wants to deceive. */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import yauzl from 'yauzl'
import { ZipFile } from 'yazl'
import { type Manifest, PACK_UNIT, writeSums } from '#app/report/claim-pack/manifest.ts'
import type { PackCheckId } from '#app/report/claim-pack/pack-checks.ts'
import { verifyPack } from '#app/report/claim-pack/verify-pack.server.ts'
import { sealText } from '#app/report/seal.server.ts'
import { issueSigningIdentity } from '#app/services/signing-keys.server.ts'

export type Files = Map<string, Buffer>

export async function unpack(path: string): Promise<Files> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.open(path, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened))),
  )
  const files: Files = new Map()
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) =>
      zip.openReadStream(entry, async (error, stream) => {
        if (error) return reject(error)
        const chunks: Buffer[] = []
        for await (const chunk of stream) chunks.push(chunk)
        files.set(entry.fileName, Buffer.concat(chunks))
        zip.readEntry()
      }),
    )
    zip.on('end', resolve)
    zip.on('error', reject)
    zip.readEntry()
  })
  return files
}

/** Packs as Attested does, unless `compress` is asked for. */
export const packer =
  (folder: string) =>
  async (files: Iterable<[string, Buffer]>, name: string, compress = false): Promise<string> => {
    const zip = new ZipFile()
    const options = { compress, mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644 }
    for (const [path, bytes] of files) zip.addBuffer(bytes, path, options)
    zip.end()
    const chunks: Buffer[] = []
    for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer)
    const path = join(folder, `${name}.zip`)
    writeFileSync(path, Buffer.concat(chunks))
    return path
  }

export async function failedChecks(path: string): Promise<PackCheckId[]> {
  const { ok, checks } = await verifyPack(path)
  const failed = checks.filter((check) => !check.ok).map(({ id }) => id)
  expect(ok).toBe(failed.length === 0)
  return failed
}

export const manifestOf = (files: Files) => JSON.parse(String(files.get('manifest.json'))) as Manifest

/**
 * Signs changed files anew with a key of the organisation itself: what its own people could do.
 * @param manifest with the changes; hashes and sizes are put right
 * @param madeAt left out for the present, which the new key's certificate is of
 */
export async function signAnew(files: Files, manifest: Manifest, madeAt?: string): Promise<Files> {
  const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  const listed = manifest.files.map((file) => {
    const bytes = files.get(file.path) ?? Buffer.alloc(0)
    return { ...file, sha256: sha256Of(bytes), sizeBytes: bytes.length }
  })
  const identity = await issueSigningIdentity(manifest.organisation, {
    role: PACK_UNIT,
    name: 'Claim pack',
    title: 'Automatic seal',
    organisation: manifest.organisation.name,
    email: null,
  })
  const signed = { ...manifest, madeAt: madeAt ?? new Date().toISOString(), files: listed }
  const text = `${JSON.stringify(signed, null, 2)}\n`
  const { signature } = await sealText(text, identity)
  const around: [string, Buffer][] = [
    ['manifest.json', Buffer.from(text)],
    ['manifest.json.sig', Buffer.from(signature, 'base64')],
    ['signer.pem', Buffer.from(identity.certificatePem)],
    ['authority.pem', Buffer.from(identity.chainPem)],
  ]
  const all = [...listed, ...around.map(([path, bytes]) => ({ path, sha256: sha256Of(bytes) }))]
  return new Map([
    ['SHA256SUMS', Buffer.from(writeSums(all))],
    ...listed.map(({ path }): [string, Buffer] => [path, files.get(path) ?? Buffer.alloc(0)]),
    ...around,
  ])
}
