/** What the environment decides: read once, at start, into one checked object. */
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import type { ClamdAddress } from '#evidence/malware-clamd.server.ts'
import type { S3Settings } from '#evidence/store/s3-settings.ts'
import {
  findMailContradictions,
  MailEnvironment,
  type MailSettings,
  readMailSettings,
} from './mail-settings.server.ts'
import { findStorageContradictions, readS3Settings, StorageEnvironment } from './storage-settings.server.ts'

export interface ServerSettings {
  /** The project's folder: builds, migrations and worker threads are found below it. */
  root: string
  /** 0 lets the system choose a free one. */
  port: number
  /** The address to listen on. Loopback unless somebody decides otherwise. */
  host: string
  /** Null for the embedded PostgreSQL. */
  databaseUrl: string | null
  dataDir: string
  /** 32 bytes in base64; null when the data folder keeps its own. */
  secret: string | null
  maxUploadBytes: number
  /** Where browsers reach Attested when that is not this machine's own address; an origin without a slash. */
  publicUrl: string | null
  /** How many reverse proxies stand in front and may say where a request came from. */
  trustedProxies: number
  demoAlways: boolean
  /** Null keeps evidence in the data folder. */
  s3: S3Settings | null
  /** Null when nobody looks for malware in uploads. */
  clamd: ClamdAddress | null
  /** The RFC 3161 authority that timestamps reports’ signatures and ledgers’ checkpoints; null for none. */
  timestampUrl: string | null
  /** Null: mails wait in the outbox to be handed over. */
  mail: MailSettings | null
}

export class SettingsError extends Error {
  override name = 'SettingsError'
  readonly code = 'settings-invalid'
  constructor(readonly problems: string[]) {
    super(
      `${problems.length === 1 ? 'A setting is' : 'Some settings are'} not usable:\n${problems.map((p) => `  ${p}`).join('\n')}`,
    )
  }
}

const whole = (text: string) => (/^\d{1,16}$/.test(text) ? Number(text) : Number.NaN)
const wholeBetween = (least: number, most: number, hint: string) =>
  z
    .string()
    .transform(whole)
    .refine((value) => value >= least && value <= most, hint)

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/

/** A token proves itself, but what is asked and by whom is nobody's business on the way. */
function isTimestampAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, hash } = new URL(text)
  if (username || hash) return false
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname))
}

const Environment = z.object({
  PORT: wholeBetween(0, 65_535, 'use a number from 1 to 65535, for instance 3000').default(3000),
  HOST: z
    .string()
    .regex(
      /^[\w.:-]+$/,
      'use an address to listen on: 127.0.0.1 for this machine only, 0.0.0.0 for the network',
    )
    .default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .refine((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url), {
      message:
        'use postgres://user:password@host:5432/database with special characters percent-encoded, or unset it for the built-in database',
    })
    .optional(),
  ATTESTED_DATA_DIR: z.string().default('data'),
  ATTESTED_SECRET: z
    .string()
    .refine((text) => Buffer.from(text, 'base64').length === 32 && /^[\w+/-]+={0,2}$/.test(text), {
      message: 'use 32 random bytes in base64, for instance from `openssl rand -base64 32`',
    })
    .optional(),
  ATTESTED_MAX_UPLOAD_BYTES: wholeBetween(
    1024,
    Number.MAX_SAFE_INTEGER,
    'use a number of bytes of at least 1024, for instance 1073741824 for 1 GiB',
  ).default(1024 ** 3),
  ATTESTED_PUBLIC_URL: z
    .string()
    .refine(
      isOrigin,
      'use the address that browsers open, without a path, for instance https://attested.example.com',
    )
    .transform((text) => new URL(text).origin)
    .optional(),
  ATTESTED_TRUSTED_PROXIES: wholeBetween(
    0,
    10,
    'use the number of reverse proxies in front, 0 when there is none',
  ).default(0),
  ATTESTED_DEMO: z
    .enum(['first-run', 'always'], 'use first-run (the default) or always')
    .default('first-run'),
  ATTESTED_TSA_URL: z
    .string()
    .refine(
      isTimestampAddress,
      'use the https address of an RFC 3161 timestamp authority without credentials; http only to this machine',
    )
    .optional(),
  ...MailEnvironment,
  ...StorageEnvironment,
})

/**
 * @param root the project's folder; relative paths count from there
 * @throws SettingsError that names every unusable variable and how to mend it, never its value
 */
export function readSettings(env: Record<string, string | undefined>, root: string): ServerSettings {
  // A variable that is set but empty means the same as one that is not.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}.`))
  }
  const { data } = parsed
  const contradictions = [...findStorageContradictions(data), ...findMailContradictions(data)]
  if (contradictions.length > 0) throw new SettingsError(contradictions)
  return {
    root,
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL ?? null,
    dataDir: isAbsolute(data.ATTESTED_DATA_DIR) ? data.ATTESTED_DATA_DIR : join(root, data.ATTESTED_DATA_DIR),
    secret: data.ATTESTED_SECRET ?? null,
    maxUploadBytes: data.ATTESTED_MAX_UPLOAD_BYTES,
    publicUrl: data.ATTESTED_PUBLIC_URL ?? null,
    trustedProxies: data.ATTESTED_TRUSTED_PROXIES,
    demoAlways: data.ATTESTED_DEMO === 'always',
    s3: readS3Settings(data),
    clamd: data.ATTESTED_CLAMD ?? null,
    timestampUrl: data.ATTESTED_TSA_URL ?? null,
    mail: readMailSettings(data),
  }
}
