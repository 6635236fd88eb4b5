/** The part of the environment that says where evidence is kept and who looks for malware in it. */
import { z } from 'zod'
import type { ClamdAddress } from '#evidence/malware-clamd.server.ts'
import type { S3Settings } from '#evidence/store/s3-settings.ts'

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const PREFIX = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/
const HOST_AND_PORT = /^(\[[0-9a-f:.]+\]|[\w.-]+):(\d{1,5})$/i

// Amazon's own limit for a retention; longer ones are refused there in words that nobody understands.
const MOST_RETENTION_DAYS = 36_500

function isServiceAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username
}

export const StorageEnvironment = {
  ATTESTED_S3_BUCKET: z
    .string()
    .regex(BUCKET, 'use the bucket’s name alone: lower-case letters, digits, hyphens and dots')
    .optional(),
  ATTESTED_S3_ENDPOINT: z
    .string()
    .refine(
      isServiceAddress,
      'use the address of the service without the bucket and without credentials, for instance https://s3.example.com; leave it unset for Amazon',
    )
    .optional(),
  ATTESTED_S3_REGION: z
    .string()
    .regex(/^[\w-]+$/, 'use a region, for instance eu-central-1')
    .optional(),
  ATTESTED_S3_PREFIX: z
    .string()
    .regex(PREFIX, 'use names of letters, digits, dots, hyphens and underscores with slashes between them')
    .optional(),
  ATTESTED_S3_PATH_STYLE: z.enum(['true', 'false'], 'use true or false').optional(),
  ATTESTED_S3_RETENTION_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'use a number of days of at least 1')
    .transform(Number)
    .refine((days) => days <= MOST_RETENTION_DAYS, 'use a number of days of at most 36500')
    .optional(),
  ATTESTED_S3_RETENTION_MODE: z
    .string()
    .toUpperCase()
    .pipe(z.enum(['GOVERNANCE', 'COMPLIANCE'], 'use GOVERNANCE (the default) or COMPLIANCE'))
    .optional(),
  ATTESTED_CLAMD: z
    .string()
    .transform((text, context): ClamdAddress => {
      const [, host = '', port = ''] = HOST_AND_PORT.exec(text) ?? []
      if (host !== '' && Number(port) >= 1 && Number(port) <= 65_535) {
        return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
      }
      if (text.startsWith('/')) return { socketPath: text }
      context.addIssue({
        code: 'custom',
        message:
          'use host:port, for instance 127.0.0.1:3310, or the path of a socket, for instance /run/clamav/clamd.ctl',
      })
      return z.NEVER
    })
    .optional(),
}

type StorageVariables = z.infer<z.ZodObject<typeof StorageEnvironment>>

/** What makes sense of each variable alone and none together. @returns sentences, none when all is well */
export function findStorageContradictions(data: StorageVariables): string[] {
  const bucketless = Object.keys(data).filter(
    (name) => name.startsWith('ATTESTED_S3_') && data[name as keyof StorageVariables] !== undefined,
  )
  const first = bucketless[0]
  if (data.ATTESTED_S3_BUCKET === undefined && first !== undefined) {
    return [
      `${first}: set ATTESTED_S3_BUCKET, too, or unset this; evidence stays in the data folder without it.`,
    ]
  }
  if (data.ATTESTED_S3_RETENTION_MODE !== undefined && data.ATTESTED_S3_RETENTION_DAYS === undefined) {
    return ['ATTESTED_S3_RETENTION_MODE: say for how long with ATTESTED_S3_RETENTION_DAYS, or unset this.']
  }
  return []
}

export function readS3Settings(data: StorageVariables): S3Settings | null {
  if (data.ATTESTED_S3_BUCKET === undefined) return null
  const endpoint = data.ATTESTED_S3_ENDPOINT ?? null
  const days = data.ATTESTED_S3_RETENTION_DAYS
  return {
    bucket: data.ATTESTED_S3_BUCKET,
    endpoint,
    region: data.ATTESTED_S3_REGION ?? null,
    prefix: data.ATTESTED_S3_PREFIX ?? '',
    // Services of one's own seldom have a name for each bucket.
    isPathStyle: data.ATTESTED_S3_PATH_STYLE ? data.ATTESTED_S3_PATH_STYLE === 'true' : endpoint !== null,
    // GOVERNANCE unless said otherwise: what COMPLIANCE locks by mistake nobody can ever unlock.
    retention: days === undefined ? null : { mode: data.ATTESTED_S3_RETENTION_MODE ?? 'GOVERNANCE', days },
  }
}
