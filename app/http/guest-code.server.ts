/** The two steps at the door of a link with a code, as the routes behind such links share them. */
import { data, redirect } from '@remix-run/node'
import { z } from 'zod'
import type { Key } from '#app/services/attestation-door.server.ts'
import { enterGuestCode, sendGuestCode } from '#app/services/guest-door.server.ts'
import { GUEST_PATHS } from '#app/services/guest-links.server.ts'
import { callerOf } from './caller.server.ts'
import { parseWith } from './input.server.ts'
import { linkCookies } from './link-cookie.server.ts'

const CodeInput = z.object({
  code: z
    .string()
    .transform((typed) => typed.replace(/\D/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'Enter the six digits of the code')),
})

type DoorKind = 'review' | 'room'

const COOKIES = {
  review: linkCookies({ name: 'review', path: GUEST_PATHS.review }),
  room: linkCookies({ name: 'room', path: GUEST_PATHS.room }),
}

export const guestKey = (kind: DoorKind, request: Request, token: string | undefined) =>
  COOKIES[kind].readKey(request, token)

const wrong = (code: string) => data({ fieldErrors: { code } }, { status: 400 })

/** @returns null for an intent that is none of the door's */
export async function answerAtDoor(
  kind: DoorKind,
  key: Key,
  request: Request,
  values: Record<string, unknown>,
) {
  const here = `${GUEST_PATHS[kind]}/${key.token}`
  if (values.intent === 'send-code') {
    await sendGuestCode(kind, key)
    return redirect(here)
  }
  if (values.intent !== 'enter-code') return null
  const parsed = parseWith(CodeInput, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  const entered = await enterGuestCode(kind, key, parsed.input.code, callerOf(request))
  switch (entered.outcome) {
    case 'open': {
      const cookie = await COOKIES[kind].write(key.token ?? '', entered.session, entered.seconds)
      return redirect(here, { headers: { 'Set-Cookie': cookie } })
    }
    case 'no-code':
      return wrong('This code is no longer good. Have another one sent.')
    case 'wrong':
      if (entered.triesLeft === 0) return wrong('Too many wrong tries. Have another code sent.')
      return wrong(
        `That is not the code. ${entered.triesLeft === 1 ? 'One try is' : `${entered.triesLeft} tries are`} left.`,
      )
  }
}
