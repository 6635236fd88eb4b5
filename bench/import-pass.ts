/** One pass over one file in a process of its own, so that its peak memory is that of the pass alone. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { Tokenizer } from '@streamparser/json'
import Papa from 'papaparse'
import { SaxesParser } from 'saxes'
import { detectImporter } from '#evidence/importers/detect.server.ts'
import { ownPeakMemory } from './memory.ts'

/** The size in which the evidence store hands a file to an importer. */
const CHUNK_BYTES = 256 * 1024

const readChunks = (path: string): AsyncIterable<Uint8Array> =>
  createReadStream(path, { highWaterMark: CHUNK_BYTES })

/** @returns the records read, so that a pass that stopped early is noticed */
async function passOfImporter(path: string): Promise<number> {
  const importer = detectImporter(await readHead(path))
  if (!importer) throw new Error('No importer recognises the generated file')
  const reading = importer.read(readChunks(path), {
    viewpoint: 'internal',
    now: new Date('2026-11-24T00:00:00Z'),
  })
  let step = await reading.next()
  while (!step.done) step = await reading.next()
  return step.value.records
}

async function passOfSaxes(path: string): Promise<number> {
  const parser = new SaxesParser()
  let records = 0
  parser.on('opentag', (tag) => {
    if (tag.name === 'ReportItem') records += 1
  })
  parser.on('closetag', () => undefined)
  parser.on('text', () => undefined)
  parser.on('cdata', () => undefined)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of readChunks(path)) parser.write(decoder.decode(chunk, { stream: true }))
  parser.write(decoder.decode())
  parser.close()
  return records
}

async function passOfTokenizer(path: string): Promise<number> {
  const tokenizer = new Tokenizer()
  let tokens = 0
  tokenizer.onToken = () => {
    tokens += 1
  }
  for await (const chunk of readChunks(path)) tokenizer.write(chunk)
  return tokens
}

async function passOfPapaparse(path: string): Promise<number> {
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { delimiter: ',' })
  let rows = 0
  parser.on('data', () => {
    rows += 1
  })
  await pipeline(createReadStream(path, { highWaterMark: CHUNK_BYTES }), parser)
  return rows
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(65_536), 0, 65_536, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const [reader, path = ''] = process.argv.slice(2)
const PASSES: Record<string, (path: string) => Promise<number>> = {
  importer: passOfImporter,
  saxes: passOfSaxes,
  tokenizer: passOfTokenizer,
  papaparse: passOfPapaparse,
}
const pass = PASSES[reader ?? '']
if (!pass) throw new Error(`No reader is called ${reader}`)
const before = performance.now()
const records = await pass(path)
const seconds = (performance.now() - before) / 1000
process.stdout.write(JSON.stringify({ seconds, records, peakBytes: ownPeakMemory() }))
