import { describe, expect, test } from 'vitest'
import { patchClocks, patchThresholds, questionsMovedBy } from '#app/readiness/fix-answers.ts'
import { describePlan, insurerKeysOf, type OpenFindings, planFixes } from '#app/readiness/fixes.ts'
import { remedyOf } from '#app/readiness/remedies.ts'
import { reportsService } from '#evidence/importers/scan/signals.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { getEdition } from '#questionnaires/library.server.ts'

const open = (parts: Partial<OpenFindings> = {}): OpenFindings => ({
  checkRef: parts.checkId ?? '1',
  tool: 'Nessus',
  checkId: '1',
  title: 'A weakness',
  solution: null,
  severity: 'high',
  isExternal: false,
  port: null,
  protocol: null,
  service: null,
  isKev: false,
  isPastDue: false,
  isRansomware: false,
  epss: null,
  isOld: false,
  oldestFixOn: null,
  findings: 1,
  ...parts,
})

describe('findings that one piece of work removes stand together', () => {
  const key = (solution: string | null, checkId = '1') =>
    remedyOf({ tool: 'Nessus', checkId, title: `Check ${checkId}`, solution }).key

  test('updates of one product to whatever version', () => {
    expect(key('Upgrade to Apache version 2.4.62 or later.')).toBe(
      key('Upgrade to Apache version 2.4.58 or later.', '2'),
    )
    expect(
      remedyOf({
        tool: 'x',
        checkId: '1',
        title: 't',
        solution: 'Upgrade to Google Chrome version 120.0.1 or later.',
      }).label,
    ).toBe('Update Google Chrome')
    expect(key('Upgrade to Apache version 2.4.62.')).not.toBe(key('Upgrade to OpenSSL version 3.0.1.'))
  })

  test('the same words with other numbers', () => {
    expect(key('Disable TLS 1.0 and enable support for TLS 1.2 on this service.')).toBe(
      key('Disable TLS 1.1 and enable support for TLS 1.3 on this service.', '2'),
    )
  })

  test('but not words that say nothing', () => {
    expect(key('Update the affected packages.')).not.toBe(key('Update the affected packages.', '2'))
    expect(key(null)).not.toBe(key(null, '2'))
  })
})

const rdp = {
  severity: 'info',
  port: 3389,
  protocol: 'tcp',
  title: 'Windows Terminal Services Enabled',
} as const

describe('whether a finding reports the service itself', () => {
  test.each([
    'Windows Terminal Services Enabled',
    'Remote Desktop Protocol Service Detection',
    'Microsoft Remote Desktop Protocol (RDP) Detection',
    'Microsoft Windows SMB Service Detection',
    'Nessus SYN scanner',
    'Open TCP port 3389',
    'Port 23/tcp is open',
    'Unencrypted Telnet Server',
    'Telnet Unencrypted Cleartext Login',
    'Telnet Server Detection',
    'RDP exposed to the internet',
  ])('%s: yes', (title) => expect(reportsService(title)).toBe(true))
  test.each([
    'SSL Self-Signed Certificate',
    'Terminal Services Encryption Level is Medium or Low',
    'Server Message Block (SMB) Protocol Version 1 Enabled',
    'SMB Signing not required',
    'SMBv1 enabled',
    'Terminal Services Doesn’t Use Network Level Authentication (NLA) Only',
    'TLS Version 1.0 Protocol Detection',
    'Microsoft RDP RCE (CVE-2019-0708) (BlueKeep)',
    'A weakness',
  ])('%s: no', (title) => expect(reportsService(title)).toBe(false))
})

describe('what insurers ask about', () => {
  test.each<[Partial<OpenFindings>, string[]]>([
    [{ severity: 'critical', isOld: true }, ['vuln.critical_open_older_than_30d']],
    [{ severity: 'critical' }, []],
    [{ severity: 'high', isOld: true }, ['vuln.high_open_older_than_30d']],
    [{ severity: 'medium', isOld: true }, []],
    [{ severity: 'critical', isExternal: true }, ['vuln.critical_external_open_count']],
    [
      { severity: 'low', isKev: true, isPastDue: true },
      ['vuln.kev_open_past_due_count', 'vuln.kev_open_count'],
    ],
    [{ ...rdp, isExternal: true }, ['exposure.rdp_open_count']],
    [rdp, []],
    [{ ...rdp, isExternal: true, title: 'SSL Self-Signed Certificate' }, []],
    [{ title: 'Unsupported Windows OS (remote)' }, ['vuln.eol_os_count']],
    [{ title: 'SSL Certificate has expired' }, ['exposure.tls_expired_cert_count']],
  ])('%j counts towards %j', (parts, keys) => expect(insurerKeysOf(open(parts))).toEqual(keys))
})

describe('the five', () => {
  const old = (checkId: string, findings: number) =>
    open({ checkId, severity: 'critical', isOld: true, findings, title: `Check ${checkId}` })

  test('are those that weigh most, with the share counted over what insurers ask', () => {
    const plan = planFixes([
      ...[10, 9, 8, 7, 6, 5, 4].map((count, index) => old(`c${index}`, count)),
      open({ severity: 'low', findings: 500 }),
    ])
    expect(plan.chosen.map(({ findings }) => findings)).toEqual([10, 9, 8, 7, 6])
    expect(plan).toMatchObject({ findings: 549, relevant: 49, cleared: 40 })
    expect(describePlan(plan)).toBe('Fix these five and you clear 81 % of what insurers ask about.')
    expect(plan.left).toEqual({ 'vuln.critical_open_older_than_30d': { open: 49, left: 9 } })
  })

  test('never claim all of it while one is left', () => {
    const plan = planFixes([...['a', 'b', 'c', 'd', 'e'].map((id) => old(id, 1000)), old('f', 1)])
    expect(describePlan(plan)).toContain('99 %')
  })

  test('put what is exploited before what is many, and what the internet reaches before what it does not', () => {
    const plan = planFixes([
      old('many', 3),
      open({ checkId: 'kev', title: 'k', isKev: true, isPastDue: true, isRansomware: true, findings: 1 }),
      { ...old('outside', 3), title: 'o', isExternal: true },
    ])
    expect(plan.chosen.map(({ checkRefs }) => checkRefs[0])).toEqual(['outside', 'kev', 'many'])
  })

  test('say nothing where nothing concerns an insurer', () => {
    expect(describePlan(planFixes([open({ severity: 'low' })]))).toBeNull()
    expect(describePlan(planFixes([]))).toBeNull()
  })
})

describe('answers and clocks', () => {
  const { edition } = getEdition('core-cyber', '2')
  const catalogue = loadCatalogue()

  test('a fact moves the questions whose control it speaks against', () => {
    const moved = questionsMovedBy(['vuln.critical_open_older_than_30d'], edition, catalogue)
    expect(moved.map(({ questionId }) => questionId)).toEqual(['patch-time'])
    expect(questionsMovedBy(['asset.device_count'], edition, catalogue)).toEqual([])
  })

  test('thresholds come from stated limits and from options', () => {
    expect(patchThresholds([edition])).toEqual([14, 30])
    expect(patchThresholds([])).toEqual([])
  })

  test('a clock runs from the day of the fix', () => {
    expect(patchClocks('2026-06-01', [14, 30, 60], '2026-06-21')).toEqual([
      { threshold: 14, daysLeft: -6 },
      { threshold: 30, daysLeft: 10 },
      { threshold: 60, daysLeft: 40 },
    ])
  })
})
