/** Codes of authenticator apps (RFC 6238), behind the one file that knows the library. */
import { correction, generate } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'
import { Secret, TOTP } from 'otpauth'

// What every app understands: SHA-1, six digits, half a minute.
const PERIOD_SECONDS = 30
/** One step to either side: phones are late, and people type slowly. */
const WINDOW = 1

const totpOf = (bytes: Uint8Array, label = '') =>
  new TOTP({
    issuer: 'Attested',
    label,
    secret: new Secret({ buffer: bytes.slice().buffer }),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
  })

/** 160 bits, as RFC 4226 recommends. */
export const newAppSecret = (): Uint8Array => new Secret({ size: 20 }).bytes

export interface ShownAppSecret {
  /** What an app reads, as a QR code: an SVG path on a square of so many modules, without the empty border. */
  qr: { path: string; side: number }
  /** For whoever reads this page on the device that has the app. */
  uri: string
  /** To be typed where there is no camera. */
  text: string
}

export function describeAppSecret(bytes: Uint8Array, email: string): ShownAppSecret {
  const totp = totpOf(bytes, email)
  const uri = totp.toString()
  const code = generate(uri, { minCorrectionLevel: correction.M })
  return {
    qr: { path: toSvgPath(code), side: code.size },
    uri,
    text: (totp.secret.base32.match(/.{1,4}/g) ?? []).join(' '),
  }
}

/** @returns the step that the code belongs to, counted from 1970; null for a wrong code and one of a step taken before */
export function stepOfCode(bytes: Uint8Array, code: string, now: Date, lastStep: number): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const delta = totpOf(bytes).validate({ token: code, timestamp: now.getTime(), window: WINDOW })
  if (delta === null) return null
  const step = Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta
  return step > lastStep ? step : null
}
