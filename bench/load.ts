/** A small closed loop over HTTP: so many requests, so many at once, each waiting for its answer. */
import { Agent, get } from 'node:http'

export interface Load {
  perSecond: number
  p50: number
  p99: number
  /** As sent, that is compressed where the server compresses. */
  bytes: number
}

/** @throws Error on any answer other than `status`: a fast error page is no page */
export async function load(
  url: string,
  headers: Record<string, string>,
  { requests, concurrency, status = 200 }: { requests: number; concurrency: number; status?: number },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const tookMs: number[] = []
  let begun = 0
  let bytes = 0
  const visit = async () => {
    while (begun < requests) {
      begun += 1
      const before = performance.now()
      bytes = await fetchOnce(url, headers, agent, status)
      tookMs.push(performance.now() - before)
    }
  }
  const before = performance.now()
  try {
    await Promise.all(Array.from({ length: concurrency }, visit))
  } finally {
    agent.destroy()
  }
  const seconds = (performance.now() - before) / 1000
  tookMs.sort((a, b) => a - b)
  return { perSecond: requests / seconds, p50: percentile(tookMs, 0.5), p99: percentile(tookMs, 0.99), bytes }
}

/** A server that hangs must not hang the measurement. */
const PATIENCE_MS = 30_000

/** Nearest rank. */
function percentile(sorted: number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

function fetchOnce(
  url: string,
  headers: Record<string, string>,
  agent: Agent,
  status: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent, timeout: PATIENCE_MS }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === status) resolve(bytes)
        else reject(new Error(`${url} was answered with ${response.statusCode}`))
      })
    })
    request.on('error', reject)
    request.on('timeout', () =>
      request.destroy(new Error(`${url} gave no answer in ${PATIENCE_MS / 1000} s`)),
    )
  })
}
