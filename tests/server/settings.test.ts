import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readSettings, SettingsError } from '#app/server/settings.server.ts'

const ROOT = '/srv/attested'

describe('settings', () => {
  it('have defaults that need no environment at all', () => {
    expect(readSettings({}, ROOT)).toEqual({
      root: ROOT,
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: null,
      dataDir: '/srv/attested/data',
      secret: null,
      maxUploadBytes: 1_073_741_824,
      publicUrl: null,
      trustedProxies: 0,
      demoAlways: false,
      s3: null,
      clamd: null,
      mail: null,
      timestampUrl: null,
    })
  })

  it('take an empty variable for one that is not set', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ', ATTESTED_SECRET: '' }, ROOT)).toEqual(
      readSettings({}, ROOT),
    )
  })

  it('are read from the environment', () => {
    const secret = Buffer.alloc(32, 7).toString('base64')
    const settings = readSettings(
      {
        PORT: '8080',
        HOST: '0.0.0.0',
        DATABASE_URL: 'postgresql://u:p%40ss@db.example:5433/attested',
        ATTESTED_DATA_DIR: '/var/lib/attested',
        ATTESTED_SECRET: secret,
        ATTESTED_MAX_UPLOAD_BYTES: '5000000',
        ATTESTED_PUBLIC_URL: 'https://Attested.example.com/',
        ATTESTED_TRUSTED_PROXIES: '1',
        ATTESTED_DEMO: 'always',
      },
      ROOT,
    )
    expect(settings).toMatchObject({ port: 8080, host: '0.0.0.0', dataDir: '/var/lib/attested', secret })
    expect(settings).toMatchObject({ maxUploadBytes: 5_000_000, trustedProxies: 1, demoAlways: true })
    expect(settings.publicUrl).toBe('https://attested.example.com')
  })

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['PORT', '1e3'],
    ['HOST', 'http://localhost'],
    ['DATABASE_URL', 'mysql://u:hunter2@db/x'],
    ['DATABASE_URL', 'postgres://u:hunter2 with space@[db/x'],
    ['ATTESTED_SECRET', 'hunter2'],
    ['ATTESTED_SECRET', Buffer.alloc(16).toString('base64')],
    ['ATTESTED_MAX_UPLOAD_BYTES', '1 GB'],
    ['ATTESTED_MAX_UPLOAD_BYTES', '0'],
    ['ATTESTED_PUBLIC_URL', 'https://example.com/attested'],
    ['ATTESTED_PUBLIC_URL', 'javascript:alert(1)'],
    ['ATTESTED_TRUSTED_PROXIES', 'all'],
    ['ATTESTED_DEMO', 'yes'],
    ['ATTESTED_TSA_URL', 'http://tsa.example/tsr'],
    ['ATTESTED_TSA_URL', 'https://user:hunter2@tsa.example'],
    ['ATTESTED_TSA_URL', 'tsa.example'],
  ])('refuse %s=%s by name, with a way to mend it and without the value', (name, value) => {
    const read = () => readSettings({ [name]: value }, ROOT)
    expect(read).toThrow(SettingsError)
    expect(read).toThrow(new RegExp(`${name}: use `))
    expect(read).not.toThrow(/hunter2/)
  })

  it.each(['https://tsa.example/tsr', 'http://127.0.0.1:3181/', 'http://[::1]/tsr', 'http://localhost/tsr'])(
    'take %s for the address of a timestamp authority',
    (url) => {
      expect(readSettings({ ATTESTED_TSA_URL: url }, ROOT).timestampUrl).toBe(url)
    },
  )

  it('report every problem in one go', () => {
    expect(() => readSettings({ PORT: 'x', ATTESTED_DEMO: 'x' }, ROOT)).toThrow(
      /PORT: [\s\S]*ATTESTED_DEMO: /,
    )
  })

  it('of the store and the scanner are read, with defaults that fit where it is', () => {
    expect(readSettings({ ATTESTED_S3_BUCKET: 'evidence' }, ROOT).s3).toEqual({
      bucket: 'evidence',
      endpoint: null,
      region: null,
      prefix: '',
      isPathStyle: false,
      retention: null,
    })
    const elsewhere = readSettings(
      {
        ATTESTED_S3_BUCKET: 'evidence',
        ATTESTED_S3_ENDPOINT: 'https://minio.example:9000',
        ATTESTED_S3_PREFIX: 'msp/one',
        ATTESTED_S3_RETENTION_DAYS: '365',
        ATTESTED_CLAMD: '[::1]:3310',
      },
      ROOT,
    )
    expect(elsewhere.s3).toMatchObject({ isPathStyle: true, retention: { mode: 'GOVERNANCE', days: 365 } })
    expect(elsewhere.clamd).toEqual({ host: '::1', port: 3310 })
    expect(readSettings({ ATTESTED_CLAMD: '/run/clamav/clamd.ctl' }, ROOT).clamd).toEqual({
      socketPath: '/run/clamav/clamd.ctl',
    })
  })

  it.each([
    ['ATTESTED_S3_BUCKET', { ATTESTED_S3_BUCKET: 's3://evidence' }],
    [
      'ATTESTED_S3_ENDPOINT',
      { ATTESTED_S3_BUCKET: 'evidence', ATTESTED_S3_ENDPOINT: 'http://key:hunter2@minio' },
    ],
    ['ATTESTED_S3_PREFIX', { ATTESTED_S3_BUCKET: 'evidence', ATTESTED_S3_PREFIX: '../up' }],
    ['ATTESTED_S3_PATH_STYLE', { ATTESTED_S3_BUCKET: 'evidence', ATTESTED_S3_PATH_STYLE: 'yes' }],
    ['ATTESTED_S3_RETENTION_DAYS', { ATTESTED_S3_BUCKET: 'evidence', ATTESTED_S3_RETENTION_DAYS: '0' }],
    [
      'ATTESTED_S3_RETENTION_MODE',
      { ATTESTED_S3_BUCKET: 'evidence', ATTESTED_S3_RETENTION_MODE: 'COMPLIANCE' },
    ],
    ['ATTESTED_S3_REGION', { ATTESTED_S3_REGION: 'eu-central-1' }],
    ['ATTESTED_CLAMD', { ATTESTED_CLAMD: 'localhost' }],
    ['ATTESTED_CLAMD', { ATTESTED_CLAMD: 'localhost:99999' }],
  ])('of the store and the scanner that make no sense are named: %s', (name, env) => {
    const read = () => readSettings(env, ROOT)
    expect(read).toThrow(SettingsError)
    expect(read).toThrow(name)
    expect(read).not.toThrow('hunter2')
  })
})

describe('the mail server', () => {
  const mailOf = (env: Record<string, string>) => readSettings(env, ROOT).mail
  const URL = 'smtp://user:p%40ss@mail.example:587'

  it('is taken with the address that mails come from', () => {
    expect(mailOf({ ATTESTED_SMTP_URL: URL, ATTESTED_MAIL_FROM: 'Attested <attested@msp.example>' })).toEqual(
      { url: URL, from: 'Attested <attested@msp.example>' },
    )
  })

  it.each([
    ['one without the other', { ATTESTED_SMTP_URL: URL }],
    ['the other without the one', { ATTESTED_MAIL_FROM: 'a@b.example' }],
    ['an address that is none', { ATTESTED_SMTP_URL: URL, ATTESTED_MAIL_FROM: 'nobody' }],
    ['another protocol', { ATTESTED_SMTP_URL: 'http://mail.example', ATTESTED_MAIL_FROM: 'a@b.example' }],
    ['a line break', { ATTESTED_SMTP_URL: URL, ATTESTED_MAIL_FROM: 'A\r\nBcc: c@d.example <a@b.example>' }],
  ] as [string, Record<string, string>][])('is refused: %s', (_what, env) => {
    expect(() => mailOf(env)).toThrow(/ATTESTED_(SMTP_URL|MAIL_FROM)/)
  })

  const MAIL = { ATTESTED_SMTP_URL: URL, ATTESTED_MAIL_FROM: 'Attested <attested@mail.msp.example>' }
  const pem = (bits: number) =>
    String(
      generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    )
  const KEY = pem(2048)
  const DKIM = {
    ATTESTED_DKIM_DOMAIN: 'msp.example',
    ATTESTED_DKIM_SELECTOR: 'a2026',
    ATTESTED_DKIM_KEY: KEY,
  }

  it('is told where reports come back to, and who may hand them in', () => {
    const token = 'f'.repeat(64)
    const more = { ATTESTED_BOUNCE_ADDRESS: 'Bounces@mail.msp.example', ATTESTED_INBOUND_TOKEN: token }
    expect(mailOf({ ...MAIL, ...more })).toMatchObject({
      bounceAddress: 'bounces@mail.msp.example',
      inboundToken: token,
    })
  })

  it('gets signed mails with a key, its line breaks written out or not', () => {
    const dkim = { domain: 'msp.example', selector: 'a2026', privateKey: KEY.trim() }
    for (const key of [KEY, KEY.replaceAll('\n', '\\n')]) {
      const read = mailOf({ ...MAIL, ...DKIM, ATTESTED_DKIM_KEY: key })?.dkim
      expect({ ...read, privateKey: read?.privateKey.trim() }).toEqual(dkim)
    }
  })

  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  it.each([
    [
      'a bounce address that is too long for a key',
      { ATTESTED_BOUNCE_ADDRESS: 'undeliverable-mails@a.example' },
      /at most 13/,
    ],
    [
      'a bounce address that is none',
      { ATTESTED_BOUNCE_ADDRESS: 'bounces' },
      /ATTESTED_BOUNCE_ADDRESS: use an address/,
    ],
    ['a token that can be guessed', { ATTESTED_INBOUND_TOKEN: 'secret' }, /at least 32/],
    [
      'a token without a bounce address',
      { ATTESTED_INBOUND_TOKEN: 'f'.repeat(64) },
      /ATTESTED_BOUNCE_ADDRESS/,
    ],
    [
      'half of what signing needs',
      { ATTESTED_DKIM_DOMAIN: 'msp.example' },
      /SELECTOR and ATTESTED_DKIM_KEY: signing needs/,
    ],
    [
      'a key that is none',
      { ...DKIM, ATTESTED_DKIM_KEY: 'hello' },
      /ATTESTED_DKIM_KEY: this is no private key/,
    ],
    [
      'a public key',
      { ...DKIM, ATTESTED_DKIM_KEY: '-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----' },
      /no private key/,
    ],
    ['a key that is too short', { ...DKIM, ATTESTED_DKIM_KEY: pem(1024) }, /1024 bits/],
    [
      'a key of another kind',
      { ...DKIM, ATTESTED_DKIM_KEY: String(elliptic.export({ type: 'pkcs8', format: 'pem' })) },
      /kind ec/,
    ],
    [
      'a domain that does not match the sender',
      { ...DKIM, ATTESTED_DKIM_DOMAIN: 'other.example' },
      /mails come from mail\.msp\.example/,
    ],
    ['a domain that only ends alike', { ...DKIM, ATTESTED_DKIM_DOMAIN: 'sp.example' }, /mails come from/],
  ] as [string, Record<string, string>, RegExp][])('is refused with %s', (_what, more, sentence) => {
    expect(() => mailOf({ ...MAIL, ...more })).toThrow(sentence)
  })

  it('is refused with a damaged key, which the complaint does not repeat', () => {
    const key = `${KEY.slice(0, 400)}broken${KEY.slice(406)}`
    const complain = () => mailOf({ ...MAIL, ...DKIM, ATTESTED_DKIM_KEY: key })
    expect(complain).toThrow(/ATTESTED_DKIM_KEY: this (is no private key|key is damaged)/)
    expect(complain).not.toThrow(KEY.slice(60, 100))
  })

  it.each(['ATTESTED_BOUNCE_ADDRESS', 'ATTESTED_DKIM_DOMAIN'])('has to be there for %s', (name) => {
    const value = name === 'ATTESTED_BOUNCE_ADDRESS' ? 'bounces@a.example' : 'a.example'
    expect(() => mailOf({ [name]: value })).toThrow(/ATTESTED_SMTP_URL/)
  })
})
