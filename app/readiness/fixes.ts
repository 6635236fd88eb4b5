/** Which few pieces of work clear most of what insurers ask about, by the open findings of a client. */
import type { FactKey } from '#evidence/facts.ts'
import {
  endOfLifeOf,
  exposureOf,
  isExpiredCertificateTitle,
  reportsService,
} from '#evidence/importers/scan/signals.ts'
import { SEVERITY_RANK, type Severity } from '#evidence/severity.ts'
import { compareText } from './order.ts'
import { type RemedySource, remedyOf } from './remedies.ts'

/** Open findings of one check that are alike in everything that counts here. */
export interface OpenFindings extends RemedySource {
  checkRef: string
  severity: Severity
  /** Reported from the internet. */
  isExternal: boolean
  port: number | null
  protocol: string | null
  service: string | null
  isKev: boolean
  isPastDue: boolean
  isRansomware: boolean
  /** Highest of them; null: not scored. */
  epss: number | null
  /** The fix, or the first sight where no fix is dated, is more than 30 days old. */
  isOld: boolean
  /** Of the fixes, YYYY-MM-DD. */
  oldestFixOn: string | null
  findings: number
}

/** How much one open finding of a kind weighs with an insurer: an open door and exploited weaknesses most (controls.md §0). */
export const INSURER_WEIGHTS = {
  'vuln.kev_open_past_due_count': 10,
  'vuln.kev_open_count': 8,
  'exposure.rdp_open_count': 8,
  'vuln.critical_external_open_count': 8,
  'exposure.smb_open_count': 6,
  'vuln.critical_open_older_than_30d': 5,
  'exposure.telnet_open_count': 5,
  'vuln.eol_internet_facing_count': 5,
  'vuln.eol_os_count': 4,
  'vuln.high_open_older_than_30d': 2,
  'exposure.tls_expired_cert_count': 2,
} as const satisfies Partial<Record<FactKey, number>>
export type InsurerKey = keyof typeof INSURER_WEIGHTS
const INSURER_KEYS = Object.keys(INSURER_WEIGHTS) as InsurerKey[]

/** How many actions make a list that somebody does. */
export const CHOSEN = 5

export interface Fix {
  key: string
  label: string
  checkRefs: string[]
  findings: number
  /** Those that insurers ask about. */
  relevant: number
  /** How many of them count towards each fact. */
  counts: Partial<Record<InsurerKey, number>>
  weight: number
  worst: Severity
  kev: number
  isRansomware: boolean
  epss: number | null
  external: number
  /** Of critical and high findings: where the clocks of patching start. */
  oldestFixOn: string | null
}

export interface FixPlan {
  /** Open findings in all, and those that insurers ask about: the whole that percentages are of. */
  findings: number
  relevant: number
  /** Of the relevant ones, how many the chosen fixes clear. */
  cleared: number
  chosen: Fix[]
  /** The next ones, most weighty first. */
  further: Fix[]
  /** For each fact, what is open now and what would be left. */
  left: Partial<Record<InsurerKey, { open: number; left: number }>>
}

/** The facts that a finding counts towards; none: no insurer asks about it. */
export function insurerKeysOf(group: OpenFindings): InsurerKey[] {
  const { severity, isExternal, isOld, isKev, isPastDue, title } = group
  // A certificate on an open port is not the open port.
  const exposure = isExternal && reportsService(title) ? exposureOf(group) : null
  const endOfLife = endOfLifeOf(title)
  const holds: Record<InsurerKey, boolean> = {
    'vuln.kev_open_past_due_count': isPastDue,
    'vuln.kev_open_count': isKev,
    'exposure.rdp_open_count': exposure === 'rdp',
    'exposure.smb_open_count': exposure === 'smb',
    'exposure.telnet_open_count': exposure === 'telnet',
    'vuln.critical_external_open_count': severity === 'critical' && isExternal,
    'vuln.critical_open_older_than_30d': severity === 'critical' && isOld,
    'vuln.high_open_older_than_30d': severity === 'high' && isOld,
    'vuln.eol_internet_facing_count': endOfLife !== null && isExternal,
    'vuln.eol_os_count': endOfLife === 'system',
    'exposure.tls_expired_cert_count': isExpiredCertificateTitle(title),
  }
  return INSURER_KEYS.filter((key) => holds[key])
}

/** Exploited by extortionists, likely to be exploited, and reachable by anybody: each raises the weight. */
function urgencyOf({ isRansomware, epss, isExternal }: OpenFindings): number {
  return (isRansomware ? 1.5 : 1) * (1 + (epss ?? 0)) * (isExternal ? 1.5 : 1)
}

/**
 * Counts findings; what facts count by machine or port is corrected by `withPlaces`.
 * @param keep how many fixes are listed beside the chosen ones
 */
export function planFixes(open: readonly OpenFindings[], keep = 45): FixPlan {
  const fixes = new Map<string, Fix>()
  for (const group of open) {
    const remedy = remedyOf(group)
    const fix = fixes.get(remedy.key) ?? newFix(remedy)
    addTo(fix, group)
    fixes.set(remedy.key, fix)
  }
  // Every finding belongs to one fix, so the weightiest first is the best choice of any number of them.
  const ordered = [...fixes.values()].sort(
    (a, b) =>
      b.weight - a.weight || b.relevant - a.relevant || b.findings - a.findings || compareText(a.key, b.key),
  )
  const chosen = ordered.filter(({ relevant }) => relevant > 0).slice(0, CHOSEN)
  const further = ordered.filter((fix) => !chosen.includes(fix)).slice(0, keep)
  const sum = (list: readonly Fix[], count: (fix: Fix) => number) =>
    list.reduce((total, fix) => total + count(fix), 0)
  return {
    findings: sum(ordered, (fix) => fix.findings),
    relevant: sum(ordered, (fix) => fix.relevant),
    cleared: sum(chosen, (fix) => fix.relevant),
    chosen,
    further,
    left: Object.fromEntries(
      INSURER_KEYS.flatMap((key) => {
        const all = sum(ordered, ({ counts }) => counts[key] ?? 0)
        return all === 0
          ? []
          : [[key, { open: all, left: all - sum(chosen, ({ counts }) => counts[key] ?? 0) }]]
      }),
    ),
  }
}

const newFix = ({ key, label }: { key: string; label: string }): Fix => ({
  key,
  label,
  checkRefs: [],
  findings: 0,
  relevant: 0,
  counts: {},
  weight: 0,
  worst: 'info',
  kev: 0,
  isRansomware: false,
  epss: null,
  external: 0,
  oldestFixOn: null,
})

function addTo(fix: Fix, group: OpenFindings): void {
  const keys = insurerKeysOf(group)
  const { findings } = group
  fix.findings += findings
  if (keys.length > 0) fix.relevant += findings
  for (const key of keys) fix.counts[key] = (fix.counts[key] ?? 0) + findings
  fix.weight += findings * urgencyOf(group) * keys.reduce((sum, key) => sum + INSURER_WEIGHTS[key], 0)
  if (SEVERITY_RANK[group.severity] > SEVERITY_RANK[fix.worst]) fix.worst = group.severity
  if (group.isKev) fix.kev += findings
  if (group.isRansomware) fix.isRansomware = true
  if (group.epss !== null) fix.epss = Math.max(fix.epss ?? 0, group.epss)
  if (group.isExternal) fix.external += findings
  if (!fix.checkRefs.includes(group.checkRef)) fix.checkRefs.push(group.checkRef)
  const fixedOn = group.severity === 'critical' || group.severity === 'high' ? group.oldestFixOn : null
  if (fixedOn !== null && (fix.oldestFixOn === null || fixedOn < fix.oldestFixOn)) fix.oldestFixOn = fixedOn
}

const NUMBERS = ['none', 'one', 'two', 'three', 'four', 'five'] as const

/** The sentence at the head of the list; null where no open finding concerns an insurer. Never 100 % of less than all. */
export function describePlan({ chosen, relevant, cleared }: FixPlan): string | null {
  if (relevant === 0 || chosen.length === 0) return null
  const share = Math.floor((cleared / relevant) * 100)
  const these = chosen.length === 1 ? 'Fix this one' : `Fix these ${NUMBERS[chosen.length] ?? chosen.length}`
  return `${these} and you clear ${share} % of what insurers ask about.`
}
