/** A real RFC 3161 authority for tests: `openssl ts` behind a small server on this machine. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TimestampAuthority {
  url: string
  /** PEM file of the root that its certificate hangs from. */
  rootPath: string
  /** File of the root's revocation list, DER; its certificate says where the server hands it out. */
  listPath: string
  folder: string
  /** Changes what is answered from now on; null for the honest answer. */
  answerWith(change: ((reply: Buffer, request: Buffer) => Buffer | number) | null): void
  close(): Promise<void>
}

export const hasOpenssl = () => spawnSync('openssl', ['version']).error === undefined

const configFor = (listUrl: string) => `
[ req ]
distinguished_name = name
prompt = no
[ name ]
CN = Test timestamp root
[ root ]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
[ signer ]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
crlDistributionPoints = URI:${listUrl}
[ plain ]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
[ ca ]
default_ca = root_ca
[ root_ca ]
database = ./index.txt
default_md = sha256
default_crl_days = 30
[ tsa ]
default_tsa = tsa_one
[ tsa_one ]
serial = ./serial
signer_cert = ./signer.pem
signer_key = ./signer.key
certs = ./root.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`

export async function startTimestampAuthority(): Promise<TimestampAuthority> {
  const folder = mkdtempSync(join(tmpdir(), 'attested-tsa-'))
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
    if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`)
  }
  let change: ((reply: Buffer, request: Buffer) => Buffer | number) | null = null
  const server = createServer(async (request, response) => {
    if (request.url === '/root.crl') {
      response.end(readFileSync(join(folder, 'root.crl')))
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const asked = Buffer.concat(chunks)
    writeFileSync(join(folder, 'request.tsq'), asked)
    openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'request.tsq', '-out', 'reply.tsr')
    const honest = readFileSync(join(folder, 'reply.tsr'))
    const reply = change ? change(honest, asked) : honest
    if (typeof reply === 'number') response.writeHead(reply).end()
    else response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(reply)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  writeFileSync(join(folder, 'tsa.cnf'), configFor(`${origin}/root.crl`))
  writeFileSync(join(folder, 'index.txt'), '')
  writeFileSync(join(folder, 'serial'), '01\n')
  const key = ['-newkey', 'rsa:2048', '-nodes']
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-days',
    '30',
    '-config',
    'tsa.cnf',
    '-extensions',
    'root',
  )
  openssl(
    'req',
    '-new',
    ...key,
    '-keyout',
    'signer.key',
    '-out',
    'signer.csr',
    '-subj',
    '/CN=Test timestamp authority',
    '-config',
    'tsa.cnf',
  )
  const issue = [
    'x509',
    '-req',
    '-in',
    'signer.csr',
    '-CA',
    'root.pem',
    '-CAkey',
    'root.key',
    '-days',
    '30',
    '-extfile',
    'tsa.cnf',
  ]
  openssl(...issue, '-set_serial', '2', '-out', 'signer.pem', '-extensions', 'signer')

  openssl(
    ...[
      'ca',
      '-gencrl',
      '-config',
      'tsa.cnf',
      '-cert',
      'root.pem',
      '-keyfile',
      'root.key',
      '-out',
      'root.crl.pem',
    ],
  )
  openssl('crl', '-in', 'root.crl.pem', '-outform', 'DER', '-out', 'root.crl')
  return {
    url: `${origin}/tsa`,
    rootPath: join(folder, 'root.pem'),
    listPath: join(folder, 'root.crl'),
    folder,
    answerWith(next) {
      change = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
