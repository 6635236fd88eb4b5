/** What a tenant's Conditional Access policies amount to; how many users they reach only the directory could tell. */
import type { Moment } from '../scan/dates.ts'
import { many } from '../scan/text.ts'
import type { TenantFact } from '../tenant/report.ts'
import type { Policy } from './policy.ts'

const LEGACY = ['exchangeactivesync', 'other']
const MODERN = ['browser', 'mobileappsanddesktopclients']
const MAXIMUM_ACCOUNTS = 200_000

export function createPolicyTally() {
  const counts: Record<string, number> = { enabled: 0, disabled: 0, enabledForReportingButNotEnforced: 0 }
  const excluded = { accounts: new Set<string>(), groups: 0, roles: 0, guests: false }
  const mfa = { enabled: 0, reportOnly: 0, alternatives: 0 }
  /** Client apps that an enabled policy blocks for everyone, and whom those policies leave out. */
  const blocked = new Map<string, string[]>()
  let allUsers: string[] | null = null
  let resistantAdmins = false
  let records = 0
  let latest: Moment | null = null

  return {
    add(policy: Policy): void {
      records += 1
      counts[policy.state] = (counts[policy.state] ?? 0) + 1
      if (policy.changed && (!latest || policy.changed.time > latest.time)) latest = policy.changed
      if (policy.state === 'enabledForReportingButNotEnforced' && policy.demandsMfa) mfa.reportOnly += 1
      if (policy.state !== 'enabled') return
      const left = leftOut(policy)
      if (policy.acceptsOthers) mfa.alternatives += 1
      if (policy.demandsMfa) {
        mfa.enabled += 1
        for (const id of policy.excludedUsers)
          if (excluded.accounts.size < MAXIMUM_ACCOUNTS) excluded.accounts.add(id)
        excluded.groups += policy.excludedGroups
        excluded.roles += policy.excludedRoles
        excluded.guests ||= policy.excludesGuests
      }
      if (policy.isNarrowed || !policy.allApplications) return
      if (policy.demandsPhishingResistant && (policy.includesRoles || policy.allUsers)) resistantAdmins = true
      if (!policy.allUsers) return
      if (
        policy.demandsMfa &&
        reaches(policy, MODERN) &&
        (allUsers === null || left.length < allUsers.length)
      )
        allUsers = left
      if (!policy.blocks) return
      for (const app of LEGACY) {
        const known = blocked.get(app)
        if (reaches(policy, [app]) && (known === undefined || left.length < known.length))
          blocked.set(app, left)
      }
    },

    result() {
      const all: Record<string, number> = { ...counts, demandMfa: mfa.enabled }
      if (mfa.alternatives > 0) all.acceptOtherControls = mfa.alternatives
      return { records, date: latest as Moment | null, counts: all, facts: factsOf(), warnings: warningsOf() }
    },
  }

  function warningsOf(): string[] {
    return [
      ...(records === 0 ? ['The export holds no policy.'] : []),
      ...(records > 0 && mfa.enabled === 0
        ? [
            'No policy in force demands MFA without an alternative. Security defaults or per-user MFA, which may demand it, are not in this export.',
          ]
        : []),
      ...(mfa.alternatives > 0
        ? [
            `Policies that accept another control instead of MFA, not counted as demanding it: ${mfa.alternatives}.`,
          ]
        : []),
    ]
  }

  function factsOf(): TenantFact[] {
    const facts: TenantFact[] = []
    const relevant = mfa.enabled + mfa.reportOnly
    if (relevant > 0)
      facts.push({
        key: 'mfa.ca_policies_report_only_count',
        value: mfa.reportOnly,
        numerator: mfa.reportOnly,
        denominator: relevant,
        note: `Policies that demand MFA, switched on or report-only: ${relevant}.${CHANGED}`,
      })
    if (mfa.enabled > 0)
      facts.push({
        key: 'mfa.excluded_account_count',
        value: excluded.accounts.size,
        gaps: [
          excluded.groups > 0
            ? `Groups excluded, whose members are not in the export: ${excluded.groups}.`
            : null,
          excluded.roles > 0
            ? `Roles excluded, whose holders are not in the export: ${excluded.roles}.`
            : null,
          excluded.guests ? 'Guests are excluded; their number is not in the export.' : null,
        ],
        note: `Accounts named as exclusions of policies in force that demand MFA.${CHANGED}`,
      })
    const legacy = LEGACY.map((app) => blocked.get(app))
    if (legacy.every((left) => left !== undefined))
      facts.push({
        key: 'mfa.legacy_auth_blocked',
        value: true,
        gaps: [...new Set(legacy.flat())],
        note: `A policy in force blocks these client apps for all users and applications.${CHANGED}`,
      })
    if (allUsers !== null)
      facts.push({
        key: 'mfa.all_users_policy',
        value: true,
        gaps: allUsers,
        note: `A policy in force; how many users it reaches is not in the export.${CHANGED}`,
      })
    if (resistantAdmins)
      facts.push({
        key: 'mfa.admin_phishing_resistant_policy',
        value: true,
        gaps: ['Which roles and accounts it reaches was not compared with the directory.'],
        note: CHANGED.trim(),
      })
    return facts
  }
}

const CHANGED =
  ' The export names no date of its own: it is dated as stated by whoever uploaded it, else by the newest change of a policy.'

const reaches = ({ clientApps }: Policy, wanted: string[]) =>
  clientApps.size === 0 || clientApps.has('all') || wanted.every((app) => clientApps.has(app))

function leftOut(policy: Policy): string[] {
  const { excludedUsers, excludedGroups, excludedRoles, excludesGuests, excludedApplications } = policy
  return [
    excludedUsers.length > 0 ? `Leaves out ${many(excludedUsers.length, 'account')}.` : null,
    excludedGroups > 0 ? `Leaves out ${many(excludedGroups, 'group')}.` : null,
    excludedRoles > 0 ? `Leaves out ${many(excludedRoles, 'role')}.` : null,
    excludesGuests ? 'Leaves out guests.' : null,
    excludedApplications > 0 ? `Leaves out ${many(excludedApplications, 'application')}.` : null,
  ].filter((reason) => reason !== null)
}
