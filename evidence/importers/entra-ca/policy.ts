/** One Conditional Access policy: what it demands, of whom, and who is left out. */
import { asList, asObject, asText, type Json } from '../json-reader.ts'
import { type Moment, parseHostTime } from '../scan/dates.ts'
import { detach } from '../scan/text.ts'

export type PolicyState = 'enabled' | 'disabled' | 'enabledForReportingButNotEnforced' | 'unknown'

export interface Policy {
  state: PolicyState
  /** No other control may take its place. */
  demandsMfa: boolean
  demandsPhishingResistant: boolean
  /** MFA is one of several controls, any of which is enough. */
  acceptsOthers: boolean
  blocks: boolean
  allUsers: boolean
  /** Directory roles are included by name. */
  includesRoles: boolean
  allApplications: boolean
  /** Holds only in some places, on some systems, at some risk. */
  isNarrowed: boolean
  clientApps: Set<string>
  excludedUsers: string[]
  excludedGroups: number
  excludedRoles: number
  excludesGuests: boolean
  excludedApplications: number
  changed: Moment | null
}

type Fields = { [name: string]: Json }

const words = (value: Json | undefined): string[] =>
  asList(value).flatMap((item) => asText(item)?.slice(0, 200) ?? [])
const has = (list: string[], word: string) => list.some((item) => item.toLowerCase() === word)

const STATES: Record<string, PolicyState> = {
  enabled: 'enabled',
  disabled: 'disabled',
  enabledforreportingbutnotenforced: 'enabledForReportingButNotEnforced',
}

export function readPolicy(record: Fields): Policy {
  const conditions = asObject(record.conditions) ?? {}
  const users = asObject(conditions.users) ?? {}
  const applications = asObject(conditions.applications) ?? {}
  const excludedUsers = words(users.excludeUsers).filter((id) => id.toLowerCase() !== 'none')
  const guests = excludedUsers.filter((id) => id.toLowerCase() === 'guestsorexternalusers')
  const changed = [record.modifiedDateTime, record.createdDateTime]
    .map((value) => parseHostTime(asText(value) ?? ''))
    .filter((moment) => moment !== null)
    .sort((a, b) => b.time - a.time)
  return {
    state: STATES[asText(record.state)?.toLowerCase() ?? ''] ?? 'unknown',
    ...demandsOf(asObject(record.grantControls)),
    allUsers: has(words(users.includeUsers), 'all'),
    includesRoles: words(users.includeRoles).length > 0,
    allApplications: has(words(applications.includeApplications), 'all'),
    // A filter takes applications out of "All" by their attributes; which ones is not in the export.
    isNarrowed: isNarrowed(conditions) || isFilled(applications.applicationFilter),
    clientApps: new Set(words(conditions.clientAppTypes).map((name) => name.toLowerCase())),
    excludedUsers: excludedUsers.filter((id) => !guests.includes(id)).map((id) => detach(id.toLowerCase())),
    excludedGroups: words(users.excludeGroups).length,
    excludedRoles: words(users.excludeRoles).length,
    excludesGuests: guests.length > 0 || isFilled(users.excludeGuestsOrExternalUsers),
    excludedApplications: words(applications.excludeApplications).length,
    changed: changed[0] ?? null,
  }
}

/** Ids of the strengths that Microsoft defines in every tenant. */
const PHISHING_RESISTANT = '00000000-0000-0000-0000-000000000004'

function demandsOf(grant: Fields | null) {
  const controls = words(grant?.builtInControls).map((word) => word.toLowerCase())
  const strength = asObject(grant?.authenticationStrength)
  const strengthId = asText(strength?.id)
  const hasStrength = Boolean(strengthId) || Boolean(asText(strength?.displayName))
  const others =
    controls.filter((word) => word !== 'mfa').length +
    words(grant?.customAuthenticationFactors).length +
    words(grant?.termsOfUse).length
  const asksMfa = controls.includes('mfa') || (hasStrength && demandsSecondFactor(strength))
  // Without a readable operator the controls may well be alternatives: only AND demands them all.
  const acceptsOthers = others > 0 && asText(grant?.operator)?.toUpperCase() !== 'AND'
  return {
    demandsMfa: asksMfa && !acceptsOthers,
    demandsPhishingResistant: strengthId === PHISHING_RESISTANT && others === 0 && !controls.includes('mfa'),
    acceptsOthers: asksMfa && acceptsOthers,
    blocks: controls.includes('block'),
  }
}

/** A tenant's own strength may allow a single factor; where it does not say, only Microsoft's three are known. */
function demandsSecondFactor(strength: Fields | null): boolean {
  const satisfied = asText(strength?.requirementsSatisfied)
  if (satisfied !== null) return satisfied.toLowerCase().includes('mfa')
  return /^00000000-0000-0000-0000-00000000000[234]$/.test(asText(strength?.id) ?? '')
}

function isNarrowed(conditions: Fields): boolean {
  const locations = asObject(conditions.locations)
  const platforms = asObject(conditions.platforms)
  const somewhere = words(locations?.includeLocations).some((word) => word.toLowerCase() !== 'all')
  const someSystems = words(platforms?.includePlatforms).some((word) => word.toLowerCase() !== 'all')
  return (
    somewhere ||
    someSystems ||
    words(locations?.excludeLocations).length > 0 ||
    words(platforms?.excludePlatforms).length > 0 ||
    NARROWING.some((name) => isFilled(conditions[name]))
  )
}

const NARROWING = [
  'signInRiskLevels',
  'userRiskLevels',
  'servicePrincipalRiskLevels',
  'insiderRiskLevels',
  'authenticationFlows',
  'devices',
  'deviceStates',
  'clientApplications',
]

/** PowerShell writes every property of an empty object as null. */
function isFilled(value: Json | undefined, depth = 0): boolean {
  if (value === null || value === undefined || value === '') return false
  if (typeof value !== 'object' || depth > 5) return true
  return Object.entries(value).some(([name, inner]) => !name.startsWith('@') && isFilled(inner, depth + 1))
}
