/** Calls of the evidence routes as a browser makes them, with bodies that a browser would never send too. */

import { sql } from 'drizzle-orm'
import { action as upload } from '#app/routes/upload.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'

export interface SignedIn {
  member: Member
  cookie: string
}

export interface Reply {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies of many shapes.
  body: any
  response: Response | null
}

/** What a caller would see, thrown or returned. */
export async function replyOf(call: Promise<unknown>): Promise<Reply> {
  const result = await call.catch((thrown) => {
    if (thrown instanceof Error) throw thrown
    return thrown
  })
  if (result instanceof Response) {
    const isJson = result.headers.get('content-type')?.includes('json')
    return { status: result.status, body: isJson ? await result.json() : null, response: result }
  }
  if (typeof result === 'object' && result !== null && 'init' in result && 'data' in result) {
    const { data, init } = result as { data: unknown; init: { status?: number } | null }
    return { status: init?.status ?? 200, body: data, response: null }
  }
  return { status: 200, body: result, response: null }
}

export function routeArgs(
  path: string,
  params: Record<string, string>,
  { cookie }: SignedIn,
  init: RequestInit = {},
) {
  const headers = { cookie, ...(init.headers as Record<string, string>) }
  return {
    request: new Request(`http://attested.test${path}`, { ...init, headers }),
    params,
    context: {},
  } as never
}

export type Part =
  | { name: string; value: string }
  | { fileName: string; content: string | Uint8Array | Iterable<Uint8Array> }

const BOUNDARY = 'attested-test-boundary'

/** The bytes of a form, part by part. `cutAt` ends them early, as a broken connection does. */
function* bytesOf(parts: readonly Part[], cutAt = Number.POSITIVE_INFINITY): Generator<Uint8Array> {
  let left = cutAt
  for (const bytes of wholeBytes(parts)) {
    if (left <= 0) return
    yield bytes.subarray(0, left)
    left -= bytes.byteLength
  }
}

function* wholeBytes(parts: readonly Part[]): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  for (const part of parts) {
    if ('name' in part) {
      const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${part.name}"\r\n\r\n`
      yield encoder.encode(`${head}${part.value}\r\n`)
    } else {
      const name = part.fileName.replaceAll('"', '%22')
      const head = `Content-Disposition: form-data; name="file"; filename="${name}"`
      yield encoder.encode(`--${BOUNDARY}\r\n${head}\r\nContent-Type: application/octet-stream\r\n\r\n`)
      if (typeof part.content === 'string') yield encoder.encode(part.content)
      else if (part.content instanceof Uint8Array) yield part.content
      else yield* part.content
      yield encoder.encode('\r\n')
    }
  }
  yield encoder.encode(`--${BOUNDARY}--\r\n`)
}

/** A body that counts how often it was asked for more. */
export function streamOf(parts: readonly Part[], options: { cutAt?: number } = {}) {
  const source = bytesOf(parts, options.cutAt)
  const asked = { times: 0 }
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        asked.times += 1
        const { value, done } = source.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    },
    // Nothing is read ahead of whoever asks.
    { highWaterMark: 0 },
  )
  return { body, asked }
}

export const multipart = (body: BodyInit) =>
  ({
    method: 'POST',
    body,
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    duplex: 'half',
  }) as RequestInit

export const day = (offset = 0) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

export function fieldsOf(values: Record<string, string> = {}): Part[] {
  const all = { kind: 'plan-document', observedOn: day(-1), ...values }
  return Object.entries(all).map(([name, value]) => ({ name, value }))
}

/** Uploads through the route's own action. */
export function uploadParts(
  who: SignedIn,
  clientId: string,
  parts: Part[],
  options: { cutAt?: number } = {},
) {
  const { body } = streamOf(parts, options)
  return replyOf(upload(routeArgs(`/clients/${clientId}/upload`, { clientId }, who, multipart(body))))
}

export function uploadFile(
  who: SignedIn,
  clientId: string,
  file: { fileName: string; content: string | Uint8Array },
  values: Record<string, string> = {},
) {
  return uploadParts(who, clientId, [...fieldsOf(values), file])
}

export async function makeClient(who: SignedIn): Promise<string> {
  return createClient(who.member, demoClients(new Date()).dental)
}

/** How many rows of each table the organisation has, and its newest ledger entry. */
export async function footprintOf({ member }: SignedIn): Promise<Record<string, unknown>> {
  const tables = ['evidence', 'evidence_revision', 'scan_import', 'asset', 'finding', 'fact', 'ledger_entry']
  const counts = await getRuntime().database.inOrganisation(member.organisationId, async (tx) => {
    const found: Record<string, unknown> = {}
    for (const table of tables) {
      const [row] = await tx.execute(sql`select count(*)::int as n from ${sql.identifier(table)}`)
      found[table] = row?.n
    }
    return found
  })
  return { ...counts, head: (await listLedger(member)).entries[0]?.hash }
}
