/** Order in which the kinds of evidence are offered: by what they are about, as people look for them. */

export interface KindOption {
  id: string
  label: string
  note: string | null
  /** Neither age limit nor review: counts until the end date that it states itself. */
  countsUntilEnd: boolean
}

export interface KindGroup {
  label: string
  kinds: KindOption[]
}

const GROUPS: readonly { label: string; ids: readonly string[] }[] = [
  {
    label: 'Vulnerability scans',
    ids: ['vuln-scan-summary', 'external-scan-report', 'pentest-letter', 'assessment-report'],
  },
  {
    label: 'Sign-in and accounts',
    ids: [
      'idp-policy-export',
      'mfa-registration-report',
      'signin-log-sample',
      'admin-role-export',
      'access-review-record',
      'console-screenshot',
    ],
  },
  {
    label: 'Devices and patches',
    ids: [
      'edr-coverage-report',
      'device-inventory-export',
      'patch-compliance-report',
      'eol-report',
      'encryption-report',
      'mdr-contract',
    ],
  },
  { label: 'Backups', ids: ['backup-job-report', 'backup-config-export', 'restore-test-log'] },
  {
    label: 'E-mail and network',
    ids: ['dns-record-lookup', 'email-gateway-config', 'firewall-config-export', 'network-diagram'],
  },
  { label: 'People', ids: ['training-completion-report', 'phishing-campaign-report'] },
  {
    label: 'Policies, plans and exercises',
    ids: ['policy-document', 'plan-document', 'procedure-document', 'tabletop-report'],
  },
  { label: 'Payments', ids: ['transaction-sample'] },
  {
    label: 'Contracts, insurance and finances',
    ids: ['vendor-contract', 'vendor-register', 'coi', 'loss-run', 'financial-statement'],
  },
  {
    label: 'Signed by the client',
    ids: ['signed-attestation', 'exception-register', 'declined-service-waiver'],
  },
]

/**
 * Every kind once, in groups.
 * @param recommended ids that stand first, in a group of their own
 */
export function groupKinds(kinds: readonly KindOption[], recommended: readonly string[]): KindGroup[] {
  const left = new Map(kinds.map((kind) => [kind.id, kind]))
  const take = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const kind = left.get(id)
      left.delete(id)
      return kind ? [kind] : []
    })
  const groups = [{ label: 'Recommended here', kinds: take(recommended) }]
  for (const { label, ids } of GROUPS) groups.push({ label, kinds: take(ids) })
  groups.push({ label: 'Other', kinds: [...left.values()] })
  return groups.filter((group) => group.kinds.length > 0)
}

/** Where the scanner stood, when the kind already says so. */
export function viewpointOfKind(kindId: string): 'external' | 'internal' | null {
  if (kindId === 'external-scan-report') return 'external'
  return kindId === 'vuln-scan-summary' ? 'internal' : null
}

const NEVER_SCANS = /\.(pdf|png|jpe?g|gif|webp|heic|docx?|pptx?|xlsx?|eml|msg|mp4|mov)$/i

/** Whether a scanner could have written this file; the server decides by its content. */
export function couldBeScan(fileName: string): boolean {
  return !NEVER_SCANS.test(fileName)
}
