/** Who is asking: every page behind sign-in begins here. */
import { redirect } from '@remix-run/node'
import { findMember } from '#app/services/accounts.server.ts'
import type { Member } from '#app/services/member.ts'
import { requireOwnPages } from './workspace-kinds.ts'

const SET_UP = '/second-factors'

const found = new WeakMap<Request, ReturnType<typeof findMember>>()

/** The signed-in member. @throws a redirect to sign-in that comes back here afterwards; 403 for another kind of workspace. */
export async function requireMember(request: Request): Promise<Member> {
  return (await requireSession(request)).member
}

/**
 * As `requireMember`, for the few pages that lie outside every workspace. They are where their forms are sent to, so
 * that the ways to sign in and to a second factor lead back to them from a form, too.
 */
export async function requireVisitor(request: Request): Promise<Member> {
  const back = nextTo(pathOf(request))
  return (await requireProvenSession(request, back)).member
}

/** @throws as `requireMember` */
export async function requireSession(request: Request) {
  const session = await requireProvenSession(request)
  requireOwnPages(new URL(request.url).pathname, session.member.organisationKind)
  return session
}

/** @throws also a redirect to setting up a second factor, where one is demanded and this session has none. */
async function requireProvenSession(request: Request, back = nextOf(request)) {
  const session = await requireAnySession(request, back)
  if (session.demand !== 'none' && !session.member.hasSecondFactor) throw redirect(SET_UP + back)
  return session
}

/** As `requireSession`, for the one page that somebody without the demanded second factor may open. */
export async function requireAnySession(request: Request, back = nextOf(request)) {
  const session = await findSession(request)
  if (session) return session
  throw redirect(`/sign-in${back}`)
}

/** The way back to what was asked for; where a form was sent, nothing stands for it that could be opened. */
function nextOf(request: Request): string {
  return request.method === 'GET' ? nextTo(pathOf(request)) : ''
}

const nextTo = (path: string) => `?next=${encodeURIComponent(path)}`

function pathOf(request: Request): string {
  const { pathname, search } = new URL(request.url)
  return pathname.replace(/\.data$/, '') + search
}

export function findSession(request: Request) {
  let session = found.get(request)
  if (!session) {
    session = findMember(request.headers.get('cookie'))
    found.set(request, session)
  }
  return session
}

/** For sign-in and sign-up: who is signed in goes on, except from the demo, which is left through these pages. */
export async function redirectMembers(request: Request, to: string): Promise<void> {
  const session = await findSession(request)
  if (session && !session.member.organisationIsDemo) throw redirect(to)
}

const HOME = '/clients'
// Any origin will do: what leads elsewhere is recognised by leaving it.
const OWN_ORIGIN = 'http://own.invalid'

/** Only paths of our own: an open redirect would lend our name to somebody else's page. */
export function safeNext(next: string | null): string {
  if (!next?.startsWith('/') || !URL.canParse(next, OWN_ORIGIN)) return HOME
  // Browsers drop tabs, turn backslashes and resolve dots before they follow a redirect; so does this.
  const { origin, pathname, search, hash } = new URL(next, OWN_ORIGIN)
  if (origin !== OWN_ORIGIN || pathname.startsWith('//')) return HOME
  return pathname + search + hash
}
