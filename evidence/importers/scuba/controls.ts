/** Results of CISA's baselines by control, and the few that prove a fact of the dictionary. */
import type { FactKey } from '../../facts.ts'
import { cut } from '../scan/text.ts'
import type { TenantFact } from '../tenant/report.ts'

export interface ControlResult {
  /** As in the file, with or without a version: `MS.AAD.3.1v1`. */
  id: string
  /** The tool's own word; a requirement met is `Pass`. */
  result: string
  criticality: string
}

/**
 * What a Pass proves. A Fail proves no opposite: it says that nothing met the whole requirement, and the same end may
 * be reached in a way that the tool does not look at (security defaults, an exclusion that it was not told of).
 */
const PROVES: Record<string, readonly { key: FactKey; value: true | string; note: string }[]> = {
  'MS.AAD.1.1': [
    {
      key: 'mfa.legacy_auth_blocked',
      value: true,
      note: 'A Conditional Access policy blocks legacy authentication.',
    },
  ],
  'MS.AAD.3.1': [
    {
      key: 'mfa.all_users_policy',
      value: true,
      note: 'A policy demands phishing-resistant MFA of all users.',
    },
    {
      key: 'mfa.admin_phishing_resistant_policy',
      value: true,
      note: 'A policy demands phishing-resistant MFA of all users, administrators among them.',
    },
  ],
  'MS.AAD.3.2': [{ key: 'mfa.all_users_policy', value: true, note: 'A policy demands MFA of all users.' }],
  'MS.AAD.3.6': [
    {
      key: 'mfa.admin_phishing_resistant_policy',
      value: true,
      note: 'A policy demands phishing-resistant MFA of highly privileged roles.',
    },
  ],
  'MS.EXO.4.2': [
    { key: 'email.dmarc_policy', value: 'reject', note: 'Every domain of the tenant publishes p=reject.' },
  ],
  'MS.EXO.4.3': [
    {
      key: 'email.dmarc_rua_present',
      value: true,
      note: "Every domain's DMARC record names a report address.",
    },
  ],
  'MS.EXO.4.4': [
    {
      key: 'email.dmarc_rua_present',
      value: true,
      note: "Every domain's DMARC record names a report address.",
    },
  ],
  'MS.EXO.7.1': [
    { key: 'email.external_tagging_enabled', value: true, note: 'Mail from outside is marked.' },
  ],
  'GWS.COMMONCONTROLS.1.1': [
    { key: 'mfa.all_users_policy', value: true, note: 'Phishing-resistant MFA is demanded of all users.' },
  ],
  'GWS.GMAIL.4.2': [
    { key: 'email.dmarc_policy', value: 'reject', note: 'Every domain of the tenant publishes p=reject.' },
  ],
  'GWS.GMAIL.4.3': [
    {
      key: 'email.dmarc_rua_present',
      value: true,
      note: "Every domain's DMARC record names a report address.",
    },
  ],
}

const EXCLUSIONS = "Exclusions that the tool's configuration allows are not in the result."
const MAXIMUM_WORDS = 30
const SHOWN = 20

export function createControlTally() {
  const counts: Record<string, number> = {}
  const facts = new Map<FactKey, TenantFact>()
  const failed: string[] = []
  let failures = 0
  let controls = 0
  let errors = 0
  let isGoogle = false

  const count = (word: string) => {
    const name = cut(word, 40) ?? 'without a word'
    if (Object.hasOwn(counts, name) || Object.keys(counts).length < MAXIMUM_WORDS)
      counts[name] = (counts[name] ?? 0) + 1
  }
  return {
    add({ id, result, criticality }: ControlResult): void {
      controls += 1
      count(result)
      if (criticality.trim()) count(criticality)
      const control = idWithoutVersion(id)
      if (control.startsWith('GWS.')) isGoogle = true
      const word = result.trim().toLowerCase()
      if (word === 'error') errors += 1
      if (word === 'fail') {
        failures += 1
        if (failed.length < SHOWN) failed.push(cut(id, 40) ?? 'without an id')
      }
      if (word !== 'pass' || !Object.hasOwn(PROVES, control)) return
      for (const { key, value, note } of PROVES[control] ?? [])
        if (!facts.has(key))
          facts.set(key, {
            key,
            value,
            note: `${control}: ${note}${key.startsWith('mfa.') ? ` ${EXCLUSIONS}` : ''}`,
          })
    },
    /** A test that is not met may be one that the tool cannot judge; it is no Fail. */
    addTest({ id, criticality }: { id: string; criticality: string }): void {
      controls += 1
      if (criticality.trim()) count(criticality)
      if (/^GWS\./i.test(id)) isGoogle = true
    },
    result: () => ({
      controls,
      counts,
      isGoogle,
      facts: [...facts.values()],
      gaps: errors > 0 ? [`Controls that ended in an error and were not judged: ${errors}.`] : [],
      warnings:
        failures > 0
          ? [
              `Controls not met: ${failures} (${failed.join(', ')}${failures > failed.length ? ' and others' : ''}). A control not met is no proof of the opposite; compare each in its console.`,
            ]
          : [],
    }),
  }
}

const idWithoutVersion = (id: string) =>
  /^((?:MS|GWS)\.[A-Z]{2,30}\.\d{1,3}\.\d{1,3})(?:v[\d.]{1,10})?$/i.exec(id.trim())?.[1]?.toUpperCase() ?? ''
