/** Reads the two public lists out of files as their publishers make them, plain or packed with gzip. */
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { CatalogueError, type CatalogueSummary, type EpssEntry, type KevEntry } from './catalogues.ts'

type Bytes = AsyncIterable<Uint8Array>

// The lists are 2 and 10 MB; a gzip file of the same size can unpack to a thousand times that.
const MAXIMUM_UNPACKED = 64 * 1024 * 1024
const CVE = /^CVE-\d{4}-\d{4,19}$/

const Kev = z.object({
  catalogVersion: z.string().min(1).max(100),
  dateReleased: z.string(),
  count: z.number().int().nonnegative().nullish(),
  vulnerabilities: z.array(
    z.object({
      cveID: z
        .string()
        .transform((id) => id.trim().toUpperCase())
        .pipe(z.string().regex(CVE)),
      vulnerabilityName: z.string().max(1000),
      dateAdded: z.iso.date(),
      dueDate: z.iso.date(),
      requiredAction: z.string().max(5000),
      knownRansomwareCampaignUse: z.string().nullish(),
    }),
  ),
})

/** The file `known_exploited_vulnerabilities.json` of CISA. @throws CatalogueError */
export async function* readKev(bytes: Bytes): AsyncGenerator<KevEntry, CatalogueSummary> {
  const parsed = Kev.safeParse(parseJson(await readText(bytes)))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new CatalogueError(
      'malformed',
      `This is not CISA’s catalogue as JSON (${issue?.path.join('.') || 'its shape'}: ${issue?.message}). Download known_exploited_vulnerabilities.json again.`,
    )
  }
  const { catalogVersion, dateReleased, count, vulnerabilities } = parsed.data
  const releasedAt = readDate(dateReleased)
  if (vulnerabilities.length === 0) throw empty()
  if (typeof count === 'number' && count !== vulnerabilities.length) {
    throw new CatalogueError(
      'incomplete',
      `The list says that it has ${count} entries, but ${vulnerabilities.length} are in it. Download known_exploited_vulnerabilities.json again.`,
    )
  }
  for (const entry of vulnerabilities) {
    yield {
      cve: entry.cveID,
      addedOn: entry.dateAdded,
      dueOn: entry.dueDate,
      ransomware: entry.knownRansomwareCampaignUse?.trim().toLowerCase() === 'known',
      name: entry.vulnerabilityName,
      requiredAction: entry.requiredAction,
    }
  }
  return { version: catalogVersion, releasedAt, declaredCount: count ?? null, rows: vulnerabilities.length }
}

/** The daily file `epss_scores-….csv` of FIRST. @throws CatalogueError */
export async function* readEpss(bytes: Bytes): AsyncGenerator<EpssEntry, CatalogueSummary> {
  let head: { version: string; releasedAt: string } | null = null
  let isUnderHeader = false
  let rows = 0
  let line = 0
  for await (const text of linesOf(bytes)) {
    line += 1
    if (text === '') continue
    if (text.startsWith('#')) {
      head ??= readHead(text)
      continue
    }
    if (!isUnderHeader) {
      if (!/^"?cve"?,"?epss"?,"?percentile"?$/i.test(text.trim())) {
        throw new CatalogueError(
          'malformed',
          `Line ${line} should name the columns cve, epss and percentile. Download the file of EPSS scores again.`,
        )
      }
      isUnderHeader = true
      continue
    }
    yield readScore(text, line)
    rows += 1
  }
  if (rows === 0) throw empty()
  if (!head) {
    throw new CatalogueError(
      'undated',
      'The file does not say of which day its scores are: the line that begins with #model_version is missing. Download it again, unchanged.',
    )
  }
  return { ...head, declaredCount: null, rows }
}

function readHead(text: string): { version: string; releasedAt: string } | null {
  const version = /model_version:([^,\s]+)/.exec(text)?.[1]
  const date = /score_date:(\S+)/.exec(text)?.[1]
  return date ? { version: version ?? 'unknown model', releasedAt: readDate(date) } : null
}

function readScore(text: string, line: number): EpssEntry {
  const [cve = '', epss = '', percentile = ''] = text
    .replaceAll('"', '')
    .split(',')
    .map((part) => part.trim())
  const entry = { cve: cve.toUpperCase(), score: Number(epss), percentile: Number(percentile) }
  const isShare = (value: number, written: string) => written !== '' && value >= 0 && value <= 1
  if (!CVE.test(entry.cve) || !isShare(entry.score, epss) || !isShare(entry.percentile, percentile)) {
    throw new CatalogueError(
      'malformed',
      `Line ${line} is no CVE with two shares between 0 and 1. Download the file of EPSS scores again.`,
    )
  }
  return entry
}

/** `2025-02-20T00:00:00+0000` as well as ISO 8601. */
function readDate(text: string): string {
  const date = new Date(text.trim().replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  if (Number.isNaN(date.getTime())) {
    throw new CatalogueError(
      'undated',
      `“${text.slice(0, 40)}” is no date. Download the list again, unchanged.`,
    )
  }
  return date.toISOString()
}

const empty = () => new CatalogueError('empty', 'The list has no entries. Download it again.')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CatalogueError(
      'malformed',
      'This is not JSON, or its end is missing. Download known_exploited_vulnerabilities.json again.',
    )
  }
}

async function readText(bytes: Bytes): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of unpack(bytes)) chunks.push(chunk)
  return new TextDecoder().decode(Buffer.concat(chunks))
}

async function* linesOf(bytes: Bytes): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of unpack(bytes)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/)
    rest = lines.pop() ?? ''
    if (rest.length > 10_000) {
      throw new CatalogueError(
        'malformed',
        'The file has lines of over 10,000 characters: it is no list of EPSS scores.',
      )
    }
    yield* lines
  }
  yield rest
}

async function* unpack(bytes: Bytes): Bytes {
  const source = bytes[Symbol.asyncIterator]()
  const first = await source.next()
  if (first.done) return
  const isPacked = first.value[0] === 0x1f && first.value[1] === 0x8b
  const all = rejoin(first.value, source)
  let size = 0
  try {
    for await (const chunk of isPacked
      ? Readable.from(all, { objectMode: false }).pipe(createGunzip())
      : all) {
      size += chunk.byteLength
      if (size > MAXIMUM_UNPACKED) {
        throw new CatalogueError(
          'too-large',
          'The list is larger than 64 MB. It is not the one that is expected here.',
        )
      }
      yield chunk
    }
  } catch (error) {
    if (error instanceof CatalogueError || !isPacked) throw error
    throw new CatalogueError('malformed', 'The packed file is damaged or cut off. Download it again.')
  }
}

async function* rejoin(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let step = await rest.next(); !step.done; step = await rest.next()) yield step.value
}
