/** PKCS #12 files as openssl makes them, with issuers of their own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SigningIdentity } from '#app/report/keys.server.ts'
import { chooseCertificate } from '#app/report/own-certificate/choose-certificate.server.ts'
import { identityOf } from '#app/report/own-certificate/own-identity.server.ts'
import { readPkcs12 } from '#app/report/own-certificate/read-pkcs12.server.ts'
import type { Statement } from '#app/report/statement.ts'
import { exampleStatement } from './example-statement.ts'
import { runTool } from './outside-tools.ts'
import { SIGNED_AT } from './signed-report.ts'

export const PASSWORD = 'Kirschbaum 7 – grün'

/** What `openssl genpkey` makes. */
export type KeyKind = 'P-256' | 'P-384' | 'ed25519' | `rsa:${number}`

export interface Issued {
  name: string
  certificate: string
  key: string
}

export interface Profile {
  key?: KeyKind
  /** Lines of an openssl extension section. */
  extensions?: string[]
  digest?: string
  /** As openssl wants it: 20260101000000Z. */
  from?: string
  until?: string
}

export const ISSUER = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign']
export const SIGNER = [
  'basicConstraints=critical,CA:FALSE',
  'keyUsage=critical,digitalSignature,nonRepudiation',
  'extendedKeyUsage=1.3.6.1.5.5.7.3.36,emailProtection',
]

/** A folder with a certification authority's tools; remove it with `close`. */
export function openIssuers() {
  const folder = mkdtempSync(join(tmpdir(), 'attested-issuers-'))
  const path = (name: string) => join(folder, name)
  let serial = 0
  const openssl = (args: string[]) => {
    const { status, output } = runTool('openssl', args)
    if (status !== 0) throw new Error(output)
  }

  function makeKey(name: string, kind: KeyKind): string {
    const key = path(`${name}.key`)
    const [type, bits] = kind.split(':')
    if (type === 'rsa')
      openssl(['genpkey', '-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`, '-out', key])
    else if (type === 'ed25519') openssl(['genpkey', '-algorithm', 'ed25519', '-out', key])
    else openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${type}`, '-out', key])
    return key
  }

  /** By itself where no issuer is given. */
  function issue(name: string, issuer: Issued | null, profile: Profile = {}): Issued {
    serial += 1
    const { key: kind = 'P-256', extensions = issuer ? SIGNER : ISSUER, digest = 'sha256' } = profile
    const { from = '20250101000000Z', until = '20350101000000Z' } = profile
    const key = makeKey(`${serial}`, kind)
    const request = path(`${serial}.csr`)
    const certificate = path(`${serial}.pem`)
    const subject = `/C=NO/O=${name} AS/CN=${name}`
    openssl(['req', '-new', '-utf8', '-key', key, '-subj', subject, '-out', request])
    writeFileSync(path('ext.cnf'), ['subjectKeyIdentifier=hash', ...extensions].join('\n'))
    writeFileSync(path('index.txt'), '')
    writeFileSync(path('serial'), (0x1000 + serial).toString(16))
    writeFileSync(
      path('ca.cnf'),
      `[ca]\ndefault_ca=own\n[own]\ndatabase=${path('index.txt')}\nserial=${path('serial')}\nnew_certs_dir=${folder}\npolicy=any\nunique_subject=no\n[any]\ncountryName=optional\norganizationName=optional\ncommonName=supplied\n`,
    )
    openssl([
      ...['ca', '-batch', '-notext', '-utf8', '-config', path('ca.cnf'), '-md', digest],
      ...['-startdate', from, '-enddate', until, '-extfile', path('ext.cnf')],
      ...(issuer ? ['-cert', issuer.certificate, '-keyfile', issuer.key] : ['-selfsign', '-keyfile', key]),
      ...['-in', request, '-out', certificate],
    ])
    return { name, certificate, key }
  }

  /** @param chain issuers that go into the file */
  function pkcs12(
    of: Issued,
    chain: readonly Issued[],
    options: string[] = [],
    password = PASSWORD,
  ): Uint8Array {
    const out = path(`${of.name.replaceAll(' ', '-')}.p12`)
    writeFileSync(path('chain.pem'), chain.map(({ certificate }) => readFileSync(certificate)).join(''))
    openssl([
      ...['pkcs12', '-export', '-inkey', of.key, '-in', of.certificate, '-out', out],
      ...(chain.length > 0 ? ['-certfile', path('chain.pem')] : []),
      ...['-passout', `pass:${password}`, ...options],
    ])
    return new Uint8Array(readFileSync(out))
  }

  return {
    folder,
    path,
    issue,
    pkcs12,
    openssl,
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
export type Issuers = ReturnType<typeof openIssuers>

/** Root, issuer and signer, each with its own kind of key. */
export function issueChain(
  issuers: Issuers,
  kinds: { root?: KeyKind; issuer?: KeyKind; signer?: KeyKind } = {},
) {
  const root = issuers.issue('Nordic Root CA', null, { key: kinds.root ?? 'rsa:2048' })
  const issuer = issuers.issue('Nordic Signing CA 3', root, {
    key: kinds.issuer ?? 'rsa:2048',
    extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign,cRLSign'],
  })
  const signer = issuers.issue('Brightwater', issuer, { key: kinds.signer ?? 'rsa:2048' })
  return { root, issuer, signer, chain: [issuer, root] }
}

/** The example, whose contributor signs with the certificate of a file. */
export async function statementWithOwn(
  file: Uint8Array,
  now = SIGNED_AT,
): Promise<{ statement: Statement; own: SigningIdentity }> {
  const taken = await chooseCertificate(readPkcs12(file, PASSWORD), now)
  const statement = exampleStatement()
  const [contributor] = statement.signers
  if (!contributor) throw new Error('The example has two signers')
  contributor.certificates = taken.chain.map(({ sha256 }) => sha256)
  return { statement, own: await identityOf(taken.privateKey, taken.chainPem) }
}
