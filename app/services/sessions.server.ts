/** Sessions, behind the one file that knows Lucia; the database holds only a hash of each token. */
import { createHash } from 'node:crypto'
import { DrizzlePostgreSQLAdapter } from '@lucia-auth/adapter-drizzle'
import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from 'lucia'
import { sessionTables } from '#db/queries/accounts.server.ts'
import { getRuntime } from './runtime.server.ts'

interface SessionAttributes {
  createdAt: Date
  lastSeenAt: Date
  userAgent: string
  address: string
  secondFactorAt: Date | null
}

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof lucia>
    DatabaseSessionAttributes: SessionAttributes
    DatabaseUserAttributes: { email: string; name: string }
  }
}

/** The id under which a token is stored and listed; it opens nothing. */
export function sessionIdOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Lucia's cookie value equals its session id; this puts a hash between the two. */
function hashTokens(inner: Adapter): Adapter {
  return {
    async getSessionAndUser(token) {
      const [session, user] = await inner.getSessionAndUser(sessionIdOf(token))
      return [session && { ...session, id: token }, user]
    },
    getUserSessions: (userId) => inner.getUserSessions(userId),
    setSession: (session: DatabaseSession) => inner.setSession({ ...session, id: sessionIdOf(session.id) }),
    updateSessionExpiration: (token, expiresAt) =>
      inner.updateSessionExpiration(sessionIdOf(token), expiresAt),
    deleteSession: (token) => inner.deleteSession(sessionIdOf(token)),
    deleteUserSessions: (userId) => inner.deleteUserSessions(userId),
    deleteExpiredSessions: () => inner.deleteExpiredSessions(),
  }
}

const byDatabase = new WeakMap<object, ReturnType<typeof createLucia>>()

function createLucia(handle: ReturnType<typeof getRuntime>['database']['signIn'], secure: boolean) {
  const adapter = hashTokens(
    new DrizzlePostgreSQLAdapter(handle, sessionTables.session, sessionTables.account),
  )
  return new Lucia(adapter, {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    sessionCookie: { name: 'attested_session', attributes: { secure, sameSite: 'lax' } },
    getSessionAttributes: ({ lastSeenAt, secondFactorAt }) => ({ lastSeenAt, secondFactorAt }),
    getUserAttributes: ({ email, name }) => ({ email, name }),
  })
}

function lucia() {
  const { database, settings } = getRuntime()
  let instance = byDatabase.get(database)
  if (!instance) {
    instance = createLucia(database.signIn, settings.publicUrl?.startsWith('https:') ?? false)
    byDatabase.set(database, instance)
  }
  return instance
}

export interface Caller {
  userAgent: string
  address: string
}

function readToken(cookieHeader: string | null): string | null {
  try {
    return lucia().readSessionCookie(cookieHeader ?? '')
  } catch (error) {
    // Lucia decodes every cookie of the header, and throws at one that is not percent-encoded as it should be.
    if (error instanceof URIError) return null
    throw error
  }
}

/** @returns the value of a Set-Cookie header. */
export async function openSession(
  userId: string,
  caller: Caller,
  { hasSecondFactor }: { hasSecondFactor: boolean } = { hasSecondFactor: false },
): Promise<string> {
  const now = getRuntime().clock()
  const session = await lucia().createSession(userId, {
    createdAt: now,
    lastSeenAt: now,
    userAgent: caller.userAgent.slice(0, 300),
    address: caller.address.slice(0, 100),
    secondFactorAt: hasSecondFactor ? now : null,
  })
  return lucia().createSessionCookie(session.id).serialize()
}

/** Ends the session that a Cookie header carries, if any. @returns the Set-Cookie header that forgets it. */
export async function closeSession(cookieHeader: string | null): Promise<string> {
  const token = readToken(cookieHeader)
  if (token) await lucia().invalidateSession(token)
  return lucia().createBlankSessionCookie().serialize()
}

/** Who a Cookie header speaks for; `renewedCookie` is set when the session was prolonged. */
export async function readSession(cookieHeader: string | null) {
  const token = readToken(cookieHeader)
  if (!token || token.length > 100) return null
  const { session, user } = await lucia().validateSession(token)
  if (!session) return null
  return {
    sessionId: sessionIdOf(token),
    userId: user.id,
    name: user.name,
    email: user.email,
    lastSeenAt: session.lastSeenAt,
    hasSecondFactor: session.secondFactorAt !== null,
    renewedCookie: session.fresh ? lucia().createSessionCookie(token).serialize() : null,
  }
}
