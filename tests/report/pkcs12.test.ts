import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chooseCertificate } from '#app/report/own-certificate/choose-certificate.server.ts'
import { MOST_PKCS12_BYTES, openPkcs12 } from '#app/report/own-certificate/open-pkcs12.server.ts'
import { readPkcs12 } from '#app/report/own-certificate/read-pkcs12.server.ts'
import { startBusyTime } from '../support/busy-time.ts'
import { campaign } from '../support/campaign.ts'
import { randomNumbers } from '../support/random-numbers.ts'
import { hasTool } from './outside-tools.ts'
import {
  ISSUER,
  type Issued,
  type Issuers,
  issueChain,
  type KeyKind,
  openIssuers,
  PASSWORD,
  SIGNER,
} from './pkcs12-files.ts'

const NOW = new Date('2026-03-18T15:00:00.000Z')
const derOf = ({ certificate }: Issued) => new Uint8Array(new X509Certificate(readFileSync(certificate)).raw)
const take = async (file: Uint8Array, password = PASSWORD, now = NOW) =>
  chooseCertificate(readPkcs12(file, password), now)
const refusal = async (file: Uint8Array, now = NOW) =>
  take(file, PASSWORD, now).then(
    () => 'taken',
    (error: { name: string; code: string; message: string }) => {
      if (error.name !== 'OwnCertificateError') throw error
      return `${error.code}: ${error.message}`
    },
  )

describe.skipIf(!hasTool('openssl'))('a PKCS #12 file', () => {
  let issuers: Issuers
  let made: ReturnType<typeof issueChain>
  beforeAll(() => {
    issuers = openIssuers()
    made = issueChain(issuers)
  })
  afterAll(() => issuers?.close())

  test.each<[string, string[]]>([
    ['AES-256 with PBKDF2, as openssl 3 writes it', []],
    ['AES-128 with SHA-512', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha512']],
    [
      '3DES with SHA-1, as Windows writes it',
      ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ],
    ['RC2 with SHA-1, as openssl 1 wrote it', ['-legacy']],
    ['certificates in the clear', ['-certpbe', 'NONE']],
    ['a hundred thousand rounds', ['-iter', '100000']],
  ])('is read: %s', async (_, options) => {
    const own = await take(issuers.pkcs12(made.signer, made.chain, options))
    expect(own.chain.map(({ der }) => der)).toEqual([made.signer, ...made.chain].map(derOf))
    const key = createPrivateKey(readFileSync(made.signer.key))
    expect(own.privateKey.equals(key)).toBe(true)
    expect(own.chainPem.match(/BEGIN CERTIFICATE/g)).toHaveLength(3)
  })

  test.each<KeyKind>(['P-256', 'rsa:2048', 'rsa:4096'])(
    'is read with a key of the kind %s',
    async (signer) => {
      const { chain, ...of } = issueChain(issuers, { signer, issuer: 'P-384' })
      const own = await take(issuers.pkcs12(of.signer, chain))
      expect(own.chain).toHaveLength(3)
    },
  )

  test('is read in its thread as it is here', async () => {
    const file = issuers.pkcs12(made.signer, made.chain)
    expect(await openPkcs12({ file, password: PASSWORD })).toEqual(readPkcs12(file, PASSWORD))
    await expect(openPkcs12({ file, password: 'another' })).rejects.toMatchObject({
      name: 'OwnCertificateError',
      code: 'p12-password',
    })
    const large = new Uint8Array(MOST_PKCS12_BYTES + 1)
    await expect(openPkcs12({ file: large, password: '' })).rejects.toMatchObject({ code: 'p12-size' })
  })

  test('opens with its own password, whatever letters are in it', async () => {
    for (const password of ['', 'a', 'пароль 鍵 🔑', 'x'.repeat(200)]) {
      for (const options of [[], ['-legacy']]) {
        const file = issuers.pkcs12(made.signer, made.chain, options, password)
        expect((await take(file, password)).chain).toHaveLength(3)
        expect(() => readPkcs12(file, `${password} `)).toThrow(/password does not open/)
      }
    }
  })

  test('gives its chain in order, whatever else it holds and in which order', async () => {
    const other = issuers.issue('Other Root', null)
    const file = issuers.pkcs12(made.signer, [made.root, other, made.issuer])
    expect((await take(file)).chain.map(({ der }) => der)).toEqual(
      [made.signer, made.issuer, made.root].map(derOf),
    )
  })

  test('is refused without a key, with a foreign certificate, and with several keys', async () => {
    const certificatesOnly = issuers.path('certificates.p12')
    issuers.openssl([
      ...['pkcs12', '-export', '-nokeys', '-in', made.signer.certificate, '-out', certificatesOnly],
      ...['-passout', `pass:${PASSWORD}`],
    ])
    expect(await refusal(new Uint8Array(readFileSync(certificatesOnly)))).toMatch(
      /^p12-no-key: .*Export it again/,
    )
    const contents = readPkcs12(issuers.pkcs12(made.signer, made.chain), PASSWORD)
    const another = issueChain(issuers)
    const foreign = readPkcs12(issuers.pkcs12(another.signer, another.chain), PASSWORD)
    const choose = (keys: Uint8Array[], certificates: Uint8Array[]) =>
      chooseCertificate({ keys, certificates }, NOW)
    await expect(choose(foreign.keys, contents.certificates)).rejects.toMatchObject({
      code: 'p12-no-certificate',
    })
    await expect(choose(contents.keys, [])).rejects.toMatchObject({ code: 'p12-no-certificate' })
    await expect(choose([...contents.keys, ...foreign.keys], contents.certificates)).rejects.toMatchObject({
      code: 'p12-several-keys',
    })
    await expect(choose([Buffer.from('no key')], contents.certificates)).rejects.toMatchObject({
      code: 'p12-unreadable',
    })
    await expect(choose(contents.keys, [Buffer.from('none')])).rejects.toMatchObject({ code: 'p12-unfit' })
  })

  test('is refused with a chain that does not hold', async () => {
    expect(await refusal(issuers.pkcs12(made.signer, []))).toMatch(
      /^p12-incomplete: .*“Brightwater” is missing/,
    )
    expect(await refusal(issuers.pkcs12(made.signer, [made.issuer]))).toMatch(
      /^p12-incomplete: .*“Nordic Signing CA 3” is missing/,
    )
    expect(await refusal(issuers.pkcs12(made.signer, [made.root]))).toMatch(/^p12-incomplete/)
    // The same names, other keys.
    const twin = issueChain(issuers)
    expect(await refusal(issuers.pkcs12(made.signer, twin.chain))).toMatch(/^p12-incomplete/)
    const alone = issuers.issue('Alone', null, { extensions: SIGNER })
    expect(await refusal(issuers.pkcs12(alone, []))).toMatch(/^p12-self-signed/)
  })

  test.each<[string, Parameters<Issuers['issue']>[2], RegExp]>([
    ['that certifies others', { extensions: ISSUER }, /made for certifying others/],
    [
      'without the use',
      { extensions: ['keyUsage=critical,keyEncipherment'] },
      /neither digitalSignature nor nonRepudiation/,
    ],
    ['without any use', { extensions: [] }, /neither digitalSignature nor nonRepudiation/],
    [
      'of a web server',
      { extensions: [...SIGNER.slice(0, 2), 'extendedKeyUsage=serverAuth'] },
      /made for something else/,
    ],
    ['with a weak key', { key: 'rsa:1024' }, /RSA key of 1024 bits; from 2048 to 4096/],
    ['with another curve', { key: 'P-384' }, /RSA, or ECDSA on the curve P-256/],
    ['with another kind of key', { key: 'ed25519' }, /RSA, or ECDSA on the curve P-256/],
    ['signed over SHA-1', { digest: 'sha1' }, /was not issued by the next one/],
    [
      'with a condition of its own',
      { extensions: [...SIGNER, '1.2.3.4=critical,ASN1:NULL'] },
      /condition that this verifier does not know/,
    ],
  ])('is refused with a certificate %s', async (_, profile, reason) => {
    const signer = issuers.issue('Brightwater', made.issuer, profile)
    expect(await refusal(issuers.pkcs12(signer, made.chain))).toMatch(reason)
  })

  test('is taken with one of the two uses, and without a list of uses', async () => {
    for (const usage of ['digitalSignature', 'nonRepudiation']) {
      const signer = issuers.issue('Brightwater', made.issuer, { extensions: [`keyUsage=critical,${usage}`] })
      expect(await refusal(issuers.pkcs12(signer, made.chain))).toBe('taken')
    }
  })

  test('is refused with issuers that may not certify', async () => {
    const below = issuers.issue('Below', made.issuer, { extensions: ISSUER })
    const tooDeep = issuers.issue('Brightwater', below)
    expect(await refusal(issuers.pkcs12(tooDeep, [below, ...made.chain]))).toMatch(
      /may not certify so many issuers/,
    )
    const noIssuer = issuers.issue('No issuer', made.root)
    const under = issuers.issue('Brightwater', noIssuer)
    expect(await refusal(issuers.pkcs12(under, [noIssuer, made.root]))).toMatch(
      /“No issuer” may not certify others/,
    )
    const weak = issuers.issue('Weak', made.root, { key: 'rsa:1024', extensions: ISSUER })
    const underWeak = issuers.issue('Brightwater', weak)
    expect(await refusal(issuers.pkcs12(underWeak, [weak, made.root]))).toMatch(/less than 2048 bits/)
  })

  test('is refused before and after its time', async () => {
    const file = issuers.pkcs12(made.signer, made.chain)
    expect(await refusal(file, new Date('2024-12-31T12:00:00Z'))).toMatch(
      /^p12-validity: .*valid from 2025-01-01/,
    )
    expect(await refusal(file, new Date('2035-01-02T00:00:00Z'))).toMatch(
      /^p12-validity: .*expired on 2035-01-01/,
    )
    const brief = issuers.issue('Nordic Signing CA 3', made.root, {
      extensions: ISSUER,
      until: '20260101000000Z',
    })
    const signer = issuers.issue('Brightwater', brief)
    expect(await refusal(issuers.pkcs12(signer, [brief, made.root]))).toMatch(/^p12-validity: .*Signing CA 3/)
  })

  test('that is damaged, cut off or something else is refused in words, never with a crash', async () => {
    const file = issuers.pkcs12(made.signer, made.chain, ['-iter', '1', '-maciter'])
    const random = randomNumbers(7)
    const damaged = Array.from({ length: campaign(60, 300) }, () => {
      const copy = file.slice()
      const at = random(copy.length)
      copy[at] = (copy[at] ?? 0) ^ (1 << random(8))
      return copy
    })
    const others = [
      new Uint8Array(),
      Buffer.from('no file'),
      Buffer.from(readFileSync(made.signer.certificate)),
      file.subarray(0, file.length - 1),
      file.subarray(0, 40),
      // Nested deeper than any stack.
      Uint8Array.from({ length: 60_000 }, (_, at) => (at % 2 === 0 ? 0x30 : 0x80)),
    ]
    for (const bytes of [...damaged, ...others]) {
      const said = await refusal(bytes)
      // A bit in a friendly name is nobody's business.
      if (said !== 'taken') expect(said).toMatch(/^p12-[a-z-]+: .*[.]$/)
    }
  })

  test('that asks for more work than any program writes is refused at once', () => {
    const file = Buffer.from(issuers.pkcs12(made.signer, made.chain, ['-iter', '65535']))
    const count = Buffer.from('020300ffff', 'hex')
    expect(file.includes(count)).toBe(true)
    const changed = Buffer.from(file)
    for (let at = changed.indexOf(count); at !== -1; at = changed.indexOf(count, at + 1))
      changed.writeUInt8(0x7f, at + 2)
    const busyMs = startBusyTime()
    expect(() => readPkcs12(new Uint8Array(changed), PASSWORD)).toThrow(/way that this program does not know/)
    expect(busyMs()).toBeLessThan(2000)
  })
})
