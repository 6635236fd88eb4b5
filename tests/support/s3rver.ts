/** s3rver, a fake S3 from npm, as a process of its own: its memory must not count as the store's. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RunningS3rver {
  endpoint: string
  bucket: string
  /** Where it keeps the object of a key. */
  pathOf(key: string): string
  /** Its whole folder. */
  folder: string
  stop(): Promise<void>
}

/** The one pair of keys that it knows, for the SDK's default chain. */
export const S3RVER_KEYS = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' }

export async function startS3rver(): Promise<RunningS3rver> {
  const folder = mkdtempSync(join(tmpdir(), 'attested-s3rver-'))
  const bucket = 'evidence-bucket'
  const program = createRequire(import.meta.url).resolve('s3rver/bin/s3rver.js')
  const options = ['-d', folder, '-a', '127.0.0.1', '-p', '0', '-s', '--no-vhost-buckets']
  // It says so in a warning for each start that parts of it are old.
  const child = spawn(
    process.execPath,
    ['--no-deprecation', program, ...options, '--configure-bucket', bucket],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const port = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const found = /listening on \S+:(\d+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`s3rver ended with status ${code}: ${said}`)))
  })
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket,
    folder,
    pathOf: (key) => join(folder, bucket, `${key}._S3rver_object`),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
