/** Passkeys (WebAuthn), behind the one file that knows the library. */
import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { NewPasskeyResponse, PasskeyResponse } from './second-factor-input.ts'

/** Base64url; each is signed once. */
export const newChallenge = () => randomBytes(32).toString('base64url')

const bytesOf = (base64Url: string) => new Uint8Array(Buffer.from(base64Url, 'base64url'))

/** The name that browsers bind a passkey to; null where people come by a bare address, to which none can be bound. */
export function passkeyHostOf(origin: string): string | null {
  const { hostname } = new URL(origin)
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? hostname : null
}

export interface Passkey {
  credentialId: string
  publicKey: string
  counter: number
  transports: string[]
}

/** What a browser needs to make one, as JSON. The person was named by their password, so it need not be found without a name. */
export async function describeNewPasskey(about: {
  challenge: string
  host: string
  account: { userId: string; email: string; name: string }
  known: Pick<Passkey, 'credentialId' | 'transports'>[]
}): Promise<string> {
  const { challenge, host, account, known } = about
  const options = await generateRegistrationOptions({
    rpName: 'Attested',
    rpID: host,
    userName: account.email,
    userDisplayName: account.name,
    userID: new Uint8Array(Buffer.from(account.userId.replaceAll('-', ''), 'hex')),
    challenge: bytesOf(challenge),
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  })
  return JSON.stringify(options)
}

interface Expected {
  challenge: string
  origin: string
  host: string
}

/** @returns null for anything but an honest answer to this challenge on this page */
export async function readNewPasskey(
  response: NewPasskeyResponse,
  { challenge, origin, host }: Expected,
): Promise<Passkey | null> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: host,
      requireUserVerification: false,
    })
    if (!verified) return null
    const { id, publicKey, counter } = registrationInfo.credential
    return {
      credentialId: id,
      publicKey: Buffer.from(publicKey).toString('base64url'),
      counter,
      transports: response.response.transports ?? [],
    }
  } catch {
    // The library throws plain errors for whatever does not fit: it is all the same to us.
    return null
  }
}

/** What a browser needs to use one of these, as JSON. */
export async function describePasskeyTry(about: {
  challenge: string
  host: string
  passkeys: Pick<Passkey, 'credentialId' | 'transports'>[]
}): Promise<string> {
  const { challenge, host, passkeys } = about
  const options = await generateAuthenticationOptions({
    rpID: host,
    challenge: bytesOf(challenge),
    userVerification: 'preferred',
    allowCredentials: passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  })
  return JSON.stringify(options)
}

/** @returns its new counter; null for a wrong signature, challenge, origin or host, or a counter that went back */
export async function checkPasskey(
  response: PasskeyResponse,
  passkey: Passkey,
  { challenge, origin, host }: Expected,
): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: host,
      requireUserVerification: false,
      credential: {
        id: passkey.credentialId,
        publicKey: bytesOf(passkey.publicKey),
        counter: passkey.counter,
      },
    })
    return verified ? authenticationInfo.newCounter : null
  } catch {
    return null
  }
}
