/** Runs read-endless.ts in a process whose heap is too small for the file that it reads. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const script = fileURLToPath(new URL('./read-endless.ts', import.meta.url))
const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Kinds of endless files and what comes of them. */
export const ENDLESS_KINDS: [kind: string, outcome: string][] = [
  ['policy', 'read whole'],
  ['items', 'read whole'],
  ['cves-of-one-item', 'read whole'],
  ['services', 'read whole'],
  ['tags', 'read whole'],
  ['hosts', 'too-large'],
]

interface EndlessResult {
  outcome: string
  elements: number
  events: number
  grownMegabytes: number
}

export async function readEndless(kind: string, elements: number): Promise<EndlessResult> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=192', '--import', 'tsx', script, kind, String(elements)],
    { cwd: root },
  )
  return JSON.parse(stdout)
}
