/** AWS KMS as far as Attested asks it: its JSON 1.1 protocol over HTTP, with keys of node:crypto. */
import { constants, generateKeyPairSync, type KeyObject, privateEncrypt, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { p256 } from '@noble/curves/nist'

type Spec = 'ECC_NIST_P256' | 'ECC_NIST_P384' | 'RSA_2048' | 'RSA_3072'

/** What goes wrong with the next calls, or only with so many `times`; `garbage` answers, but not with what was asked. */
export type KmsTrouble =
  | { kind: 'error'; type: string; status: number; message?: string; times?: number }
  | { kind: 'silence' | 'garbage' | 'not-json' | 'foreign-signature' }

interface Key {
  spec: Spec
  usage: 'SIGN_VERIFY' | 'KEY_AGREEMENT'
  publicKey: KeyObject
  privateKey: KeyObject
  tags: Record<string, string>
}

export interface KmsService {
  endpoint: string
  /** @returns its ARN */
  makeKey(spec: Spec, options?: { tags?: Record<string, string>; usage?: Key['usage'] }): string
  trouble: KmsTrouble | null
  /** What was asked so far: "Sign", "GetPublicKey". */
  calls: string[]
  close(): Promise<void>
}

const ALGORITHMS: Record<Spec, string> = {
  ECC_NIST_P256: 'ECDSA_SHA_256',
  ECC_NIST_P384: 'ECDSA_SHA_384',
  RSA_2048: 'RSASSA_PKCS1_V1_5_SHA_256',
  RSA_3072: 'RSASSA_PKCS1_V1_5_SHA_256',
}

class Refusal extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message)
  }
}

export async function startKmsService(): Promise<KmsService> {
  const keys = new Map<string, Key>()
  const silent = new Set<ServerResponse>()
  const service: Pick<KmsService, 'trouble' | 'calls'> = { trouble: null, calls: [] }

  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace('TrentService.', '')
    service.calls.push(operation)
    const { trouble } = service
    if (trouble?.kind === 'error' && trouble.times !== undefined)
      service.trouble = trouble.times > 1 ? { ...trouble, times: trouble.times - 1 } : null
    if (trouble?.kind === 'silence') return void silent.add(response)
    const reply = (status: number, body: unknown) => {
      response.writeHead(status, {
        'content-type': 'application/x-amz-json-1.1',
        'x-amzn-requestid': randomUUID(),
      })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    }
    if (trouble?.kind === 'error')
      return reply(trouble.status, { __type: trouble.type, message: trouble.message ?? 'As asked for' })
    if (trouble?.kind === 'not-json') return reply(200, '<html>A proxy says hello</html>')
    if (trouble?.kind === 'garbage')
      return reply(200, { Signature: 'AAAA', PublicKey: 'AAAA', KeyUsage: 'SIGN_VERIFY', Tags: [] })
    try {
      reply(200, answer(operation, await readJson(request)))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      reply(400, { __type: error.type, message: error.message })
    }
  })

  function answer(operation: string, asked: Record<string, unknown>): unknown {
    const id = String(asked.KeyId)
    const key = keys.get(id)
    if (!key) throw new Refusal('NotFoundException', `Key '${id}' does not exist`)
    if (operation === 'ListResourceTags')
      return {
        Tags: Object.entries(key.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
        Truncated: false,
      }
    if (operation === 'GetPublicKey')
      return {
        KeyId: id,
        KeySpec: key.spec,
        KeyUsage: key.usage,
        PublicKey: key.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
        SigningAlgorithms: [ALGORITHMS[key.spec]],
      }
    if (operation === 'Sign')
      return { KeyId: id, SigningAlgorithm: asked.SigningAlgorithm, Signature: signed(key, asked) }
    throw new Refusal('UnsupportedOperationException', `${operation} is not known here`)
  }

  function signed(key: Key, asked: Record<string, unknown>): string {
    if (key.usage !== 'SIGN_VERIFY')
      throw new Refusal('InvalidKeyUsageException', 'The key is not for signing')
    if (asked.SigningAlgorithm !== ALGORITHMS[key.spec])
      throw new Refusal('InvalidKeyUsageException', `${asked.SigningAlgorithm} is not for ${key.spec}`)
    const digest = Buffer.from(String(asked.Message), 'base64')
    if (asked.MessageType !== 'DIGEST' || digest.length !== 32)
      throw new Refusal('ValidationException', 'Digest is invalid length for algorithm')
    const { privateKey } = service.trouble?.kind === 'foreign-signature' ? generate(key.spec) : key
    return signDigest(privateKey, digest).toString('base64')
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(service, {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    makeKey(
      spec: Spec,
      {
        tags = {},
        usage = 'SIGN_VERIFY' as const,
      }: { tags?: Record<string, string>; usage?: Key['usage'] } = {},
    ) {
      const arn = `arn:aws:kms:eu-central-1:111122223333:key/${randomUUID()}`
      keys.set(arn, { spec, usage, tags, ...generate(spec) })
      return arn
    },
    async close() {
      for (const response of silent) response.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

function generate(spec: Spec) {
  return spec.startsWith('RSA')
    ? generateKeyPairSync('rsa', { modulusLength: Number(spec.slice(4)) })
    : generateKeyPairSync('ec', { namedCurve: spec === 'ECC_NIST_P384' ? 'P-384' : 'P-256' })
}

// DigestInfo of SHA-256 (RFC 8017 §9.2).
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex')

function signDigest(key: KeyObject, digest: Buffer): Buffer {
  if (key.asymmetricKeyType === 'rsa')
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([SHA256_INFO, digest]))
  // node:crypto always hashes what an elliptic key signs.
  const scalar = Buffer.from(String(key.export({ format: 'jwk' }).d), 'base64url')
  return Buffer.from(p256.sign(digest, scalar, { prehash: false }).toBytes('der'))
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

/** Points Amazon's package at it, in the way in which an operator would. @returns what puts the environment back */
export function inKmsEnvironment({ endpoint }: Pick<KmsService, 'endpoint'>): () => void {
  const wanted = {
    AWS_ENDPOINT_URL_KMS: endpoint,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
  }
  const before = Object.keys(wanted).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, wanted)
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
