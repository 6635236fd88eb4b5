/** All evidence of one application as one archive that anybody can check with `sha256sum -c`. */
import { createHash } from 'node:crypto'
import { type PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { archiveNames } from '#app/documents/archive-names.ts'
import { StoreError } from '#evidence/store/store.ts'
import { type ArchiveItem, collectArchive, countArchive } from './archive-contents.server.ts'
import { type ArchiveAbout, manifestOf, readmeOf } from './archive-texts.ts'
import { RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

const FOLDER = 'evidence/'
// Deflating these again costs time and saves nothing.
const PACKED = /^(image|video|audio)\/|pdf|zip|gzip|7z|officedocument/

/** How many files the archive of an application holds, and how many of them as a redacted copy. */
export async function getArchiveCount(member: Member, applicationId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, (tx) =>
    countArchive(tx, organisationId, applicationId),
  )
}

/**
 * Reads every file once before the first byte is sent and refuses with the name of what is damaged: a download cannot
 * be taken back. Each file is hashed again while it is packed; should one change in between, the archive breaks off
 * without its directory, which no unpacker accepts.
 * @param options.originals send originals even where there is a redacted copy
 * @throws RefusedError `nothing-to-pack`, `file-damaged`
 */
export async function packApplication(
  member: Member,
  applicationId: string,
  options: { originals: boolean },
): Promise<{ name: string; stream: Readable }> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const { application, client, formTitle, items } = await database.inOrganisation(organisationId, (tx) =>
    collectArchive(tx, organisationId, applicationId, options),
  )
  if (items.length === 0) {
    throw new RefusedError(
      'nothing-to-pack',
      'No evidence is linked to this application’s questions or to their controls yet.',
    )
  }
  for (const item of items) await checkFile(organisationId, item)
  const names = archiveNames(items.map(({ revision }) => revision.fileName)).map((name) => FOLDER + name)
  const about: ArchiveAbout = {
    organisation: member.organisationName,
    client: client.legalName,
    application: { id: application.id, form: formTitle, edition: application.edition },
    packedAt: at.toISOString(),
    packedBy: member.name,
  }
  const manifest = Buffer.from(manifestOf(about, items, names))
  const readme = Buffer.from(readmeOf(about, items))
  const sums = [
    ...items.map(({ revision }, index) => `${revision.sha256}  ${names[index]}`),
    `${sha256Of(manifest)}  manifest.json`,
    `${sha256Of(readme)}  README.txt`,
  ]
  await database.inOrganisation(organisationId, (tx) =>
    recordInLedger(tx, organisationId, {
      kind: 'evidence.exported',
      actor: actorOf(member),
      at,
      payload: {
        applicationId,
        clientId: client.id,
        manifestSha256: sha256Of(manifest),
        files: items.map(({ revision }) => revision.sha256),
        withOriginals: options.originals,
      },
    }),
  )
  const zip = new ZipFile()
  zip.addBuffer(readme, 'README.txt', { mtime: at })
  zip.addBuffer(manifest, 'manifest.json', { mtime: at })
  zip.addBuffer(Buffer.from(`${sums.join('\n')}\n`), 'SHA256SUMS', { mtime: at })
  const open: { file?: Readable } = {}
  items.forEach((item, index) => {
    addFile(zip, organisationId, item, names[index] as string, open)
  })
  zip.end()
  // The stream itself and no wrapper: one that waits for its next part cannot be broken off.
  const stream = zip.outputStream as PassThrough
  zip.on('error', (error: Error) => stream.destroy(error))
  // Whoever goes away in the middle leaves a file open otherwise.
  stream.once('close', () => open.file?.destroy())
  return { name: `Evidence ${client.legalName} ${at.toISOString().slice(0, 10)}.zip`, stream }
}

/** Opened when its turn comes, so that only one file is open at a time. */
function addFile(
  zip: ZipFile,
  organisationId: string,
  { revision }: ArchiveItem,
  name: string,
  open: { file?: Readable },
) {
  const { receivedAt: mtime, mediaType, sizeBytes: size, sha256 } = revision
  zip.addReadStreamLazy(name, { mtime, compress: !PACKED.test(mediaType), size }, (give) => {
    open.file = Readable.from(getRuntime().store.open(organisationId, sha256), { objectMode: false })
    open.file.once('error', (error) => zip.emit('error', error))
    give(null, open.file)
  })
}

async function checkFile(organisationId: string, { evidence, revision }: ArchiveItem): Promise<void> {
  try {
    // Reading to the end is the check.
    for await (const _ of getRuntime().store.open(organisationId, revision.sha256));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    throw new RefusedError(
      'file-damaged',
      `Nothing was packed: “${evidence.title}” (${revision.fileName}) cannot be handed out. ${error.message}`,
    )
  }
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
