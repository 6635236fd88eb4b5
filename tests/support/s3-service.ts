/** As much of S3 as s3rver lacks, in memory: object lock, conditional puts, aborted uploads, pages, and refusals on demand. */
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HeldObject {
  bytes: Buffer
  lockMode: string | null
  lockedUntil: string | null
}

export interface Asked {
  method: string
  key: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
}

export interface S3Service {
  endpoint: string
  objects: Map<string, HeldObject>
  /** Uploads in parts that were begun and neither completed nor aborted. */
  uploads: Map<string, { key: string; begunAt: Date; parts: Map<number, Buffer>; headers: Asked['headers'] }>
  requests: Asked[]
  /** The bucket's lock configuration as XML; null for a bucket without. */
  objectLock: string | null
  /** Keys to a page of a listing. */
  pageSize: number
  /** Answers a request in the service's place: an S3 error, or a broken connection. */
  refuse:
    | ((
        asked: Asked,
      ) => { status: number; code: string; headers?: Record<string, string> } | 'hang up' | null)
    | null
  close(): Promise<void>
}

const BUCKET = 'evidence-bucket'
const xml = (name: string, inside: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inside}</${name}>`
const errorXml = (code: string) =>
  `<?xml version="1.0"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`
const etagOf = (bytes: Buffer) => `"${createHash('md5').update(bytes).digest('hex')}"`

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(code)
  }
}

export async function startS3Service(): Promise<S3Service> {
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://service')
      const [, bucket, ...rest] = decodeURIComponent(url.pathname).split('/')
      const asked = {
        method: request.method ?? '',
        key: rest.join('/'),
        query: url.searchParams,
        headers: request.headers,
      }
      service.requests.push(asked)
      const refusal = service.refuse?.(asked)
      if (refusal === 'hang up') return request.socket.destroy()
      try {
        if (refusal) throw new Refusal(refusal.status, refusal.code, refusal.headers)
        if (bucket !== BUCKET) throw new Refusal(404, 'NoSuchBucket')
        const chunks: Buffer[] = []
        for await (const chunk of request) chunks.push(chunk)
        const reply = answer(service, asked, Buffer.concat(chunks))
        response.writeHead(reply.status ?? 200, reply.headers)
        response.end(asked.method === 'HEAD' ? undefined : reply.body)
      } catch (error) {
        const { status, code, headers } = error instanceof Refusal ? error : new Refusal(500, String(error))
        response.writeHead(status, { 'content-type': 'application/xml', ...headers })
        response.end(asked.method === 'HEAD' ? undefined : errorXml(code))
      }
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const service: S3Service = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects: new Map(),
    uploads: new Map(),
    requests: [],
    objectLock: null,
    pageSize: 1000,
    refuse: null,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return service
}

interface Reply {
  status?: number
  headers?: Record<string, string>
  body?: string | Buffer
}

function answer(service: S3Service, { method, key, query, headers }: Asked, body: Buffer): Reply {
  if (key === '') return answerBucket(service, query)
  const uploadId = query.get('uploadId') ?? ''
  switch (
    `${method} ${query.has('uploads') ? 'uploads' : query.has('retention') ? 'retention' : uploadId ? 'part' : ''}`
  ) {
    case 'POST uploads': {
      const id = randomUUID()
      service.uploads.set(id, { key, begunAt: new Date(), parts: new Map(), headers })
      return { body: xml('InitiateMultipartUploadResult', `<Key>${key}</Key><UploadId>${id}</UploadId>`) }
    }
    case 'PUT part':
      service.uploads.get(uploadId)?.parts.set(Number(query.get('partNumber')), body)
      return {
        headers: {
          etag: etagOf(body),
          'x-amz-checksum-crc32': String(headers['x-amz-checksum-crc32'] ?? ''),
        },
      }
    case 'POST part': {
      const upload = service.uploads.get(uploadId)
      if (!upload) throw new Refusal(404, 'NoSuchUpload')
      const parts = [...upload.parts].sort(([one], [other]) => one - other).map(([, part]) => part)
      keep(service, key, Buffer.concat(parts), {
        ...upload.headers,
        'if-none-match': headers['if-none-match'],
      })
      service.uploads.delete(uploadId)
      return { body: xml('CompleteMultipartUploadResult', `<Key>${key}</Key><ETag>"x"</ETag>`) }
    }
    case 'DELETE part':
      service.uploads.delete(uploadId)
      return { status: 204 }
    case 'PUT retention': {
      const object = found(service, key)
      object.lockMode = /<Mode>(\w+)</.exec(String(body))?.[1] ?? null
      object.lockedUntil = /<RetainUntilDate>([^<]+)</.exec(String(body))?.[1] ?? null
      return {}
    }
    case 'PUT ':
      keep(service, key, body, headers)
      return { headers: { etag: etagOf(body) } }
    default: {
      const { bytes, lockMode, lockedUntil } = found(service, key)
      const lock: Record<string, string> = lockMode
        ? { 'x-amz-object-lock-mode': lockMode, 'x-amz-object-lock-retain-until-date': lockedUntil ?? '' }
        : {}
      return {
        headers: { 'content-length': String(bytes.length), etag: etagOf(bytes), ...lock },
        body: bytes,
      }
    }
  }
}

function keep(service: S3Service, key: string, bytes: Buffer, headers: Asked['headers']): void {
  if (headers['if-none-match'] === '*' && service.objects.has(key))
    throw new Refusal(412, 'PreconditionFailed')
  const told = headers['x-amz-checksum-sha256']
  if (told && told !== createHash('sha256').update(bytes).digest('base64'))
    throw new Refusal(400, 'BadDigest')
  const lockMode = (headers['x-amz-object-lock-mode'] as string | undefined) ?? null
  // As S3 does: what is to be locked must come with a checksum.
  const isChecked = Object.keys(headers).some((name) =>
    /^(content-md5|x-amz-checksum-|x-amz-sdk-checksum)/.test(name),
  )
  if (lockMode && !isChecked) throw new Refusal(400, 'InvalidRequest')
  const lockedUntil = (headers['x-amz-object-lock-retain-until-date'] as string | undefined) ?? null
  service.objects.set(key, { bytes, lockMode, lockedUntil })
}

function found(service: S3Service, key: string): HeldObject {
  const object = service.objects.get(key)
  if (!object) throw new Refusal(404, 'NoSuchKey')
  return object
}

function answerBucket(service: S3Service, query: URLSearchParams): Reply {
  if (query.has('object-lock')) {
    if (service.objectLock === null) throw new Refusal(404, 'ObjectLockConfigurationNotFoundError')
    return { body: xml('ObjectLockConfiguration', service.objectLock) }
  }
  const prefix = query.get('prefix') ?? ''
  if (query.has('uploads')) {
    const begun = [...service.uploads].filter(([, { key }]) => key.startsWith(prefix))
    const listed = begun.map(
      ([id, { key, begunAt }]) =>
        `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${begunAt.toISOString()}</Initiated></Upload>`,
    )
    return { body: xml('ListMultipartUploadsResult', `${listed.join('')}<IsTruncated>false</IsTruncated>`) }
  }
  const after = query.get('continuation-token') ?? ''
  const keys = [...service.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort()
  const page = keys.slice(0, service.pageSize)
  const listed = page.map(
    (key) =>
      `<Contents><Key>${key}</Key><Size>${service.objects.get(key)?.bytes.length}</Size><LastModified>${new Date().toISOString()}</LastModified></Contents>`,
  )
  const isTruncated = keys.length > page.length
  const next = isTruncated ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
  return {
    body: xml('ListBucketResult', `${listed.join('')}<IsTruncated>${isTruncated}</IsTruncated>${next}`),
  }
}
