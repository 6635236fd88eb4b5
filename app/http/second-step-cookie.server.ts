/** Between the password and the second factor: a cookie of its own, so that no page takes it for a session. */
import { createCookie } from '@remix-run/node'
import { getRuntime } from '#app/services/runtime.server.ts'
import { STEP_MINUTES } from '#app/services/second-factor-rules.ts'

// Sent nowhere but to signing in.
const cookie = () =>
  createCookie('attested_second_step', {
    path: '/sign-in',
    httpOnly: true,
    sameSite: 'lax',
    secure: getRuntime().settings.publicUrl?.startsWith('https:') ?? false,
  })

export async function readStepToken(request: Request): Promise<string | null> {
  const token: unknown = await cookie().parse(request.headers.get('cookie'))
  return typeof token === 'string' && token !== '' && token.length <= 100 ? token : null
}

export const writeStepToken = (token: string) => cookie().serialize(token, { maxAge: STEP_MINUTES * 60 })

export const forgetStepToken = () => cookie().serialize('', { maxAge: 0 })
