/** A security key in software: makes passkeys and signs with them, honestly unless a test asks otherwise. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()
const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** What is not as it should be. */
export interface Lies {
  challenge?: string
  origin?: string
  host?: string
  counter?: number
  /** Nobody touched the key. */
  isAbsent?: boolean
  /** The answer names this credential instead of its own. */
  credentialId?: string
  type?: string
}

export class SoftAuthenticator {
  readonly credentialId = base64Url(randomBytes(32))
  counter = 1
  private readonly privateKey: KeyObject
  private readonly x: Uint8Array
  private readonly y: Uint8Array

  constructor(readonly origin: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    this.privateKey = privateKey
    this.x = new Uint8Array(Buffer.from(x, 'base64url'))
    this.y = new Uint8Array(Buffer.from(y, 'base64url'))
  }

  /** Answers what `startRegistration` would. */
  create(options: string, lies: Lies = {}) {
    const { challenge, rp } = JSON.parse(options)
    // COSE: an elliptic curve key, ES256, P-256, and the two coordinates.
    const key = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, this.x],
      [-3, this.y],
    ])
    const id = Buffer.from(this.credentialId, 'base64url')
    const length = Buffer.from([id.length >> 8, id.length & 0xff])
    const attested = Buffer.concat([Buffer.alloc(16), length, id, isoCBOR.encode(key as never)])
    const authData = Buffer.concat([this.head(rp.id, 0x40, lies), attested])
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', new Uint8Array(authData)],
    ])
    return this.answer({
      clientDataJSON: this.clientData('webauthn.create', challenge, lies),
      attestationObject: base64Url(isoCBOR.encode(attestation as never)),
      transports: ['usb'],
    })
  }

  /** Answers what `startAuthentication` would. */
  get(options: string, lies: Lies = {}) {
    const { challenge, rpId } = JSON.parse(options)
    this.counter += 1
    const authData = this.head(rpId, 0, lies)
    const clientDataJSON = this.clientData('webauthn.get', challenge, lies)
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    const signature = base64Url(sign('sha256', signed, this.privateKey))
    const response = { clientDataJSON, authenticatorData: base64Url(authData), signature }
    return this.answer(response, lies.credentialId)
  }

  private answer<Response>(response: Response, id = this.credentialId) {
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response }
  }

  private head(host: string, flags: number, lies: Lies): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(lies.counter ?? this.counter)
    const present = lies.isAbsent ? 0 : 1
    return Buffer.concat([sha256(lies.host ?? host), Buffer.from([flags | present]), counter])
  }

  private clientData(type: string, challenge: string, lies: Lies): string {
    const data = {
      type: lies.type ?? type,
      challenge: lies.challenge ?? challenge,
      origin: lies.origin ?? this.origin,
      crossOrigin: false,
    }
    return base64Url(Buffer.from(JSON.stringify(data)))
  }
}
