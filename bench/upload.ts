/** Taking evidence in: a whole upload through the running server beside copying and hashing the same file. */
import { execFile } from 'node:child_process'
import { createCipheriv } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { startServer } from '#tests/support/server.ts'
import { MEGABYTE, type Options, type Outcome } from './measurement.ts'
import { forgetPeakMemory, peakMemoryOf } from './memory.ts'
import { alternate, compare, median, type Sample } from './rounds.ts'
import { Visitor, whileRunning } from './visitor.ts'

const run = promisify(execFile)
const BOUNDARY = 'attested-bench-boundary'
const SEND_BYTES = 1024 * 1024
const SHA256_PREFIX = /^\\?([0-9a-f]{64}) /

export async function measure({ quick, rounds, folder, uploadMegabytes, say }: Options): Promise<Outcome> {
  const megabytes = quick ? 8 : uploadMegabytes
  const dataDir = join(folder, 'upload')
  const file = join(dataDir, 'bench', 'evidence.pdf')
  await mkdir(join(dataDir, 'bench'), { recursive: true })
  await writeFileOf(file, megabytes * MEGABYTE)
  const server = await startServer({ dataDir })
  return whileRunning(server, async () => {
    const pid = server.process.pid ?? 0
    const visitor = new Visitor(server.url)
    const clientPath = await signUpWithClient(visitor)
    say(`  ${megabytes} MB, ${rounds} rounds`)
    // Code that has never run yet is compiled outside the measurement.
    await send(visitor, clientPath, file, MEGABYTE)
    const canForget = forgetPeakMemory(pid)
    const before = peakMemoryOf(pid)
    let turn = 0
    const upload = async (): Promise<Sample> => {
      turn += 1
      // The store keeps equal files once: each upload brings content that it does not have.
      await stamp(file, turn)
      return speedOf(megabytes, () => send(visitor, clientPath, file))
    }
    const copy = (isSynced: boolean) => () => speedOf(megabytes, () => copyAndHash(file, isSynced))
    const taken = await alternate(rounds, { ours: upload, copied: copy(false), synced: copy(true) })
    const peak = peakMemoryOf(pid)
    const rows: Outcome['rows'] = [
      {
        what: 'Speed',
        unit: 'MB/s',
        baseline: 'cp, then sha256sum of the copy',
        ...compare(taken, 'speed', 'ours', 'copied'),
      },
      {
        what: 'Speed',
        unit: 'MB/s',
        baseline: 'the same and sync of the copy, as the store does',
        ...compare(taken, 'speed', 'ours', 'synced'),
      },
    ]
    const notes = [
      `${megabytes} MB a file, medians of ${rounds} rounds (${seconds(taken.map(({ ours }) => ours))} s an upload); the sender shares the machine's cores with the server.`,
    ]
    if (canForget && before !== null && peak !== null) {
      const [ours, theirs] = [peak / MEGABYTE, before / MEGABYTE]
      rows.push({
        what: `Server's peak memory during all uploads`,
        unit: 'MB',
        ours,
        baseline: 'the same server, idle before them',
        theirs,
        ratio: ours / theirs,
        ratios: [ours / theirs],
      })
    } else notes.push("The server's memory could not be measured: this system has no /proc.")
    return { rows, notes }
  })
}

const seconds = (samples: Sample[]) =>
  median(samples.map((sample) => sample.seconds ?? Number.NaN)).toFixed(2)

async function speedOf(megabytes: number, work: () => Promise<void>): Promise<Sample> {
  const before = performance.now()
  await work()
  const seconds = (performance.now() - before) / 1000
  return { seconds, speed: megabytes / seconds }
}

async function signUpWithClient(visitor: Visitor): Promise<string> {
  const password = 'correct horse battery staple'
  await visitor.post('/sign-up', {
    organisationName: 'Bench IT',
    name: 'Ben Bench',
    email: 'ben@bench.example',
    password,
  })
  return visitor.post('/clients/new', { legalName: 'Heavy Files Ltd', currency: 'USD', domains: '' })
}

/** Bytes that no file system compresses, the same in every run. */
async function writeFileOf(path: string, bytes: number): Promise<void> {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16))
  const zeros = Buffer.alloc(SEND_BYTES)
  const file = await open(path, 'w')
  try {
    await file.write('%PDF-1.7\n')
    for (let left = bytes - 9; left > 0; left -= SEND_BYTES) {
      await file.write(cipher.update(left < SEND_BYTES ? zeros.subarray(0, left) : zeros))
    }
    // Otherwise the disk is still busy with this file while the first round runs.
    await file.sync()
  } finally {
    await file.close()
  }
}

async function stamp(path: string, turn: number): Promise<void> {
  const file = await open(path, 'r+')
  await file.write(Buffer.from(`turn ${turn}\n`), 0, undefined, 16)
  await file.close()
}

/** The form that the upload page sends, without ever holding the file. */
async function send(
  visitor: Visitor,
  clientPath: string,
  path: string,
  onlyBytes = Number.POSITIVE_INFINITY,
): Promise<void> {
  const fields = { kind: 'plan-document', title: 'Plan', observedOn: new Date().toISOString().slice(0, 10) }
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  parts.push(
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="plan.pdf"\r\nContent-Type: application/pdf\r\n\r\n`,
  )
  const request_ = request(`${visitor.url}${clientPath}/upload`, {
    method: 'POST',
    headers: {
      cookie: visitor.cookie,
      origin: visitor.url,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    },
  })
  const replied = new Promise<string>((resolve, reject) => {
    request_.once('response', (response) => text(response).then(resolve, reject))
    request_.once('error', reject)
  })
  async function* body() {
    yield Buffer.from(parts.join(''))
    yield* createReadStream(path, { highWaterMark: SEND_BYTES, end: onlyBytes - 1 })
    yield Buffer.from(`\r\n--${BOUNDARY}--\r\n`)
  }
  await pipeline(body, request_)
  const reply = await replied
  if (!reply.includes('"received"')) throw new Error(`The upload was not taken: ${reply.slice(0, 500)}`)
}

async function copyAndHash(path: string, isSynced: boolean): Promise<void> {
  const copy = `${path}.copy`
  await run('cp', [path, copy])
  if (isSynced) await run('sync', [copy])
  const { stdout } = await run('sha256sum', [copy])
  if (!SHA256_PREFIX.test(stdout)) throw new Error('sha256sum gave no hash')
  await rm(copy)
}
