/** Streams a multipart upload: fields first, then one file that is never held in memory. */
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import busboy from 'busboy'

export class UploadError extends Error {
  override name = 'UploadError'
  constructor(
    readonly code: 'not-multipart' | 'no-file' | 'interrupted' | 'too-many-parts' | 'too-large',
    message: string,
  ) {
    super(message)
  }
}

/**
 * Reads the form and hands its one file to `sink` while it arrives.
 * @throws UploadError when the form is cut off, has no file or more than one; whatever `sink` throws.
 */
export async function receiveMultipart<T>(
  request: Request,
  sink: (file: AsyncIterable<Uint8Array>, fileName: string) => Promise<T>,
): Promise<{ fields: Record<string, string>; fileName: string; stored: T }> {
  const contentType = request.headers.get('content-type') ?? ''
  if (!request.body || !contentType.startsWith('multipart/form-data')) {
    throw new UploadError('not-multipart', 'Send the file as a form upload.')
  }
  const parser = busboy({
    headers: { 'content-type': contentType },
    limits: { files: 1, fields: 40, fieldSize: 64 * 1024, parts: 60 },
    defParamCharset: 'utf8',
  })
  const fields: Record<string, string> = {}
  let fileName = ''
  let storing: Promise<T> | undefined
  const body = Readable.fromWeb(request.body as NodeReadableStream)
  const finished = new Promise<void>((resolve, reject) => {
    parser.on('field', (name, value) => {
      fields[name] = value
    })
    parser.on('file', (_name, file, info) => {
      fileName = info.filename || 'unnamed'
      // The form may break off before the sink begins to read; without a listener that would end the process.
      file.on('error', () => undefined)
      storing = sink(untilBroken(file), fileName)
      storing.catch((error) => {
        // Whatever is still arriving has no place to go.
        reject(error)
        body.destroy()
      })
    })
    parser.on('filesLimit', () => reject(new UploadError('too-many-parts', 'Send one file at a time.')))
    parser.on('close', resolve)
    parser.on('error', () => reject(brokenOff()))
    body.on('error', () => {
      const error = new UploadError(
        'interrupted',
        'The connection broke during the upload. Send the file again.',
      )
      parser.destroy(error)
      reject(error)
    })
  })
  body.pipe(parser)
  try {
    await finished
    if (!storing) throw new UploadError('no-file', 'Choose a file to upload.')
    return { fields, fileName, stored: await storing }
  } catch (error) {
    body.destroy()
    await storing?.catch(() => undefined)
    throw error
  }
}

/** The file's bytes; what goes wrong with the form is told in our words, what goes wrong in the sink is its own. */
async function* untilBroken(file: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* file
  } catch {
    throw brokenOff()
  }
}

const brokenOff = () =>
  new UploadError('interrupted', 'The upload was interrupted before the end of the file. Send it again.')
