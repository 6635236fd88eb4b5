/** Setting up second factors and signing in with them through the product’s own routes, as a browser posts them. */
import { Secret, TOTP } from 'otpauth'
import * as page from '#app/routes/second-factors.tsx'
import * as step from '#app/routes/second-step.tsx'
import * as signIn from '#app/routes/sign-in.tsx'
import * as signUp from '#app/routes/sign-up.tsx'
import { getRuntime } from '#app/services/runtime.server.ts'
import { cookieAfter, get, locationOf, post } from '../routes/form-calls.ts'
import type { SoftAuthenticator } from './authenticator.ts'

export const PASSWORD = 'four plain words here'
export const STEP = '/sign-in/second-step?next=%2Fledger'

export interface Person {
  email: string
  cookie: string
}

export async function register(organisationName = 'Fjord IT'): Promise<Person> {
  const email = `person-${crypto.randomUUID()}@fjord.example`
  const fields = { organisationName, name: 'Ines Halvorsen', email, password: PASSWORD }
  return { email, cookie: cookieAfter(await post(signUp.action, '/sign-up', fields)) }
}

/** What an app with this key shows, now or so many half minutes later. */
export function codeOf(key: string, stepsLater = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) })
  return totp.generate({ timestamp: getRuntime().clock().getTime() + stepsLater * 30_000 })
}

export const change = (cookie: string, fields: Record<string, string>) =>
  post(page.action, '/second-factors', fields, { cookie })

export const read = async (cookie: string) => (await get(page.loader, '/second-factors', { cookie })).body

/** @returns the app’s key, and the recovery codes where it is the first factor */
export async function addApp(cookie: string, name = 'Phone') {
  await change(cookie, { intent: 'start', kind: 'app', name, proof: PASSWORD })
  const key: string = (await read(cookie)).enrolment.text
  const { body } = await change(cookie, { intent: 'confirm-app', code: codeOf(key, -1) })
  return { key, codes: body.codes as string[] }
}

export async function addPasskey(cookie: string, key: SoftAuthenticator, name = 'Blue key') {
  await change(cookie, { intent: 'start', kind: 'passkey', name, proof: PASSWORD })
  const { options } = (await read(cookie)).enrolment
  return change(cookie, { intent: 'passkey', response: JSON.stringify(key.create(options)) })
}

/** @returns the cookie of the second step */
export async function givePassword({ email }: Person): Promise<string> {
  const reply = await post(signIn.action, '/sign-in', { email, password: PASSWORD, next: '/ledger' })
  if (locationOf(reply) !== STEP) throw new Error(`The password led to ${locationOf(reply)}`)
  return cookieAfter(reply)
}

export const readStep = async (cookie: string) => (await get(step.loader, STEP, { cookie })).body.step

export const enterCode = (cookie: string, code: string) =>
  post(step.action, STEP, { intent: 'code', code }, { cookie })

export const showPasskey = (cookie: string, response: unknown) =>
  post(
    step.action,
    STEP,
    { intent: 'passkey', response: typeof response === 'string' ? response : JSON.stringify(response) },
    { cookie },
  )
