/** One user of the registration report, and what all of them amount to. */
import { asFlag, asList, asText, type Json } from '../json-reader.ts'
import { type Moment, parseHostTime } from '../scan/dates.ts'
import { detach, many } from '../scan/text.ts'
import { shareOf, type TenantFact } from '../tenant/report.ts'

export interface RegisteredUser {
  /** Empty where the file names none. */
  id: string
  /** null: the file does not say. */
  type: 'member' | 'guest' | null
  isAdmin: boolean | null
  isRegistered: boolean | null
  /** Registered, and allowed to use it by the tenant's policy. */
  isCapable: boolean | null
  isPasswordless: boolean | null
  methods: string[] | null
  updated: Moment | null
}

export function readGraphUser(record: { [name: string]: Json }): RegisteredUser {
  return {
    id: asText(record.id) ?? asText(record.userPrincipalName) ?? '',
    type: typeOf(asText(record.userType)),
    isAdmin: asFlag(record.isAdmin),
    isRegistered: asFlag(record.isMfaRegistered),
    isCapable: asFlag(record.isMfaCapable),
    isPasswordless: asFlag(record.isPasswordlessCapable),
    methods: Array.isArray(record.methodsRegistered)
      ? asList(record.methodsRegistered).map((method) => asText(method) ?? '')
      : null,
    updated: parseHostTime(asText(record.lastUpdatedDateTime) ?? ''),
  }
}

export function typeOf(text: string | null): RegisteredUser['type'] {
  const word = text?.trim().toLowerCase()
  return word === 'member' || word === 'guest' ? word : null
}

const RESISTANT = /fido|passkey|windowshello|secureenclave|platformcredential|certificate/

/** A certificate alone is one factor. */
const isResistant = (method: string) => {
  const folded = method
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 100)
  return RESISTANT.test(folded) && !folded.includes('singlefactor')
}

/** Beyond these, a user listed twice is counted twice. */
const MAXIMUM_IDS = 300_000

export function createUserTally() {
  const ids = new Set<string>()
  const n = {
    users: 0,
    mfaRegistered: 0,
    mfaCapable: 0,
    admins: 0,
    adminsMfaRegistered: 0,
    passwordless: 0,
    member: 0,
    guest: 0,
  }
  const people = { counted: 0, able: 0, untold: 0 }
  const admins = { untold: 0, unable: 0, unableUntold: 0, told: 0, resistant: 0 }
  let duplicates = 0
  let records = 0
  let latest: Moment | null = null

  return {
    add(user: RegisteredUser): void {
      records += 1
      const id = user.id.toLowerCase()
      if (id !== '' && ids.has(id)) {
        duplicates += 1
        return
      }
      if (id !== '' && ids.size < MAXIMUM_IDS) ids.add(detach(id))
      const canUse = user.isCapable ?? user.isRegistered
      n.users += 1
      if (user.isRegistered) n.mfaRegistered += 1
      if (user.isCapable) n.mfaCapable += 1
      if (user.isPasswordless) n.passwordless += 1
      if (user.type) n[user.type] += 1
      if (user.updated && (!latest || user.updated.time > latest.time)) latest = user.updated
      if (user.type !== 'guest') {
        if (canUse === null) people.untold += 1
        else people.counted += 1
        if (canUse) people.able += 1
      }
      if (user.isAdmin === null) admins.untold += 1
      if (!user.isAdmin) return
      n.admins += 1
      if (user.isRegistered) n.adminsMfaRegistered += 1
      if (canUse === null) admins.unableUntold += 1
      if (canUse === false) admins.unable += 1
      if (user.methods === null) return
      admins.told += 1
      if (user.methods.some(isResistant)) admins.resistant += 1
    },

    result() {
      const { users, member, guest, ...rest } = n
      const counts: Record<string, number> = { users, ...rest, member, guest }
      if (duplicates > 0) counts.duplicates = duplicates
      return {
        records,
        date: latest as Moment | null,
        counts,
        facts: factsOf(),
        warnings: [
          ...(users === 0 ? ['The report lists no user. Export it again.'] : []),
          ...(duplicates > 0 ? [`Users listed more than once, counted once: ${duplicates}.`] : []),
          ...(people.untold > 0
            ? [`${many(people.untold, 'user')} without a word on registration, not counted.`]
            : []),
          ...(users > 0 && admins.untold === users
            ? ['The report does not say who is an administrator, so nothing about administrators follows.']
            : []),
        ],
      }
    },
  }

  function factsOf(): TenantFact[] {
    const untyped = n.users - n.member - n.guest
    const whom = [
      `Counted over ${many(people.counted, untyped > 0 ? 'user' : 'member')}`,
      n.guest > 0 ? `, without ${many(n.guest, 'guest')}` : '',
      untyped > 0 ? `; ${many(untyped, 'user')} of unknown type may be guests` : '',
      '. Disabled accounts are not in the report. Registered is not enforced.',
    ].join('')
    const facts = [
      shareOf('mfa.user_registered_percent', people.able, people.counted, {
        gaps: [people.untold > 0 ? `${many(people.untold, 'user')} without a word on registration.` : null],
        note: whom,
      }),
    ]
    if (n.users > admins.untold) facts.push(...adminFacts())
    return facts.filter((fact) => fact !== null)
  }

  function adminFacts(): (TenantFact | null)[] {
    const unknown =
      admins.untold > 0
        ? `${many(admins.untold, 'user')} may be administrators; the report does not say.`
        : null
    const over = `Counted over ${many(n.admins, 'administrator')}, guests among them.`
    return [
      {
        key: 'mfa.admin_without_mfa_count',
        value: admins.unable,
        gaps: [
          'Registered is not enforced: the report shows who has no second factor, not from whom it is demanded.',
          unknown,
          admins.unableUntold > 0 ? `${many(admins.unableUntold, 'administrator')} not told of.` : null,
        ],
        note: over,
      },
      shareOf('mfa.admin_phishing_resistant_percent', admins.resistant, admins.told, {
        gaps: [
          unknown,
          admins.told < n.admins
            ? `The methods of ${many(n.admins - admins.told, 'administrator')} are not told.`
            : null,
        ],
        note: `${over} Registered is not enforced: other methods may be accepted beside it.`,
      }),
    ]
  }
}
