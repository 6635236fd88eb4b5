/** A statement as a real application gives it: every status, an exception, a gap, long names; ids and dates are fixed. */
import type { Statement } from '#app/report/statement.ts'

export const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const digest = (seed: string) => seed.repeat(64).slice(0, 64)

type AnswerItem = Statement['answers'][number]
type ControlItem = Statement['controls'][number]
type Reason = AnswerItem['reasons'][number]

const NOTHING = { ruleId: null, remedy: null, factIds: [], revisionIds: [] }
const reason = (outcome: Reason['outcome'], sentence: string, more: Partial<Reason> = {}): Reason => ({
  ...NOTHING,
  outcome,
  sentence,
  ...more,
})

const MFA_EXPORT = uuid(301)
const SCAN = uuid(302)
const RESTORE_TEST = uuid(303)
const PLAN = uuid(304)
const OLD_SCAN = uuid(305)

export const CONTRADICTED = 'mfa-remote-access'
const EXCEPTION = uuid(501)

const mfaGap = reason(
  'contradicts',
  '2 of 38 VPN accounts sign in without a second factor, seen on 14 March 2026.',
  {
    ruleId: 'mfa-remote-counter-example',
    remedy: 'Enforce a second factor for the two accounts or close them.',
    factIds: [uuid(401)],
    revisionIds: [MFA_EXPORT],
  },
)
const mfaMail = reason('supports', 'A second factor is enforced for 212 of 212 mailboxes (100 %).', {
  ruleId: 'mfa-email-enforced',
  factIds: [uuid(402)],
  revisionIds: [MFA_EXPORT],
})
const criticalPatches = reason('weakens', '3 critical findings are older than 30 days on 2 of 41 hosts.', {
  ruleId: 'patch-critical-age',
  remedy: 'Patch the two hosts or record why they cannot be patched.',
  factIds: [uuid(403)],
  revisionIds: [SCAN],
})

function yesNo(choice: 'yes' | 'no', explanation?: string): AnswerItem['answer'] {
  return { state: 'answered', value: { kind: 'yes-no', choice }, ...(explanation ? { explanation } : {}) }
}

function answer(
  item: Partial<AnswerItem> & Pick<AnswerItem, 'questionId' | 'section' | 'item' | 'prompt'>,
): AnswerItem {
  return {
    controlId: null,
    answer: yesNo('yes'),
    shown: 'Yes',
    answeredBy: 'Tomasz Łukaszewski',
    answeredAt: '2026-03-16T09:12:00.000Z',
    status: 'not-claimed',
    weakened: false,
    exceptionId: null,
    reasons: [],
    ...item,
  }
}

const APPLICANT = 'About the applicant'
const ACCESS = 'Access and multi-factor authentication'
const UPKEEP = 'Patching and exposure'
const RECOVERY = 'Backup and recovery'

const ANSWERS: AnswerItem[] = [
  answer({
    questionId: 'headcount',
    section: APPLICANT,
    item: '1.1',
    prompt: 'How many people work for the applicant?',
    answer: { state: 'answered', value: { kind: 'number', number: 214 } },
    shown: '214 people',
  }),
  answer({
    questionId: 'revenue',
    section: APPLICANT,
    item: '1.2',
    prompt: 'What was the applicant’s revenue in the last financial year?',
    answer: { state: 'answered', value: { kind: 'currency', amountMinor: 4_820_000_000, currency: 'USD' } },
    shown: 'US$48,200,000.00',
  }),
  answer({
    questionId: 'mfa-email',
    section: ACCESS,
    item: '2.1',
    prompt: 'Is a second factor required for every sign-in to e-mail from outside the network?',
    controlId: 'mfa-email',
    status: 'supported',
    reasons: [mfaMail],
  }),
  answer({
    questionId: CONTRADICTED,
    section: ACCESS,
    item: '2.2',
    prompt:
      'Is a second factor required for all remote access to the network, by employees, contractors and vendors?',
    controlId: 'mfa-remote',
    answer: yesNo('yes', 'Two service accounts of the HVAC vendor are being replaced; see the exception.'),
    status: 'contradicted',
    exceptionId: EXCEPTION,
    reasons: [mfaGap],
  }),
  answer({
    questionId: 'mfa-privileged',
    section: ACCESS,
    item: '2.3',
    prompt: 'Is a second factor required for every privileged account, including service providers?',
    controlId: 'mfa-privileged',
    status: 'unsupported',
    reasons: [],
  }),
  answer({
    questionId: 'patch-critical',
    section: UPKEEP,
    item: '3.1',
    prompt: 'Within how many days are critical security updates applied?',
    controlId: 'patching',
    answer: { state: 'answered', value: { kind: 'single-choice', choice: 'within-30-days' } },
    shown: 'Within 30 days',
    status: 'supported',
    weakened: true,
    reasons: [
      reason('supports', '38 of 41 hosts have no critical finding older than 30 days (93 %).', {
        ruleId: 'patch-critical-coverage',
        factIds: [uuid(404)],
        revisionIds: [SCAN],
      }),
      criticalPatches,
    ],
  }),
  answer({
    questionId: 'exposed-rdp',
    section: UPKEEP,
    item: '3.2',
    prompt: 'Are remote desktop services reachable from the internet?',
    controlId: 'exposure',
    answer: yesNo('no', 'Remote desktop is only reachable through the VPN gateway.'),
    shown: 'No',
    status: 'stale',
    reasons: [
      reason('stale', 'The last external scan is 214 days old; external scans count for 90 days.', {
        remedy: 'Scan from outside again and add the result.',
        factIds: [uuid(405)],
        revisionIds: [OLD_SCAN],
      }),
    ],
  }),
  answer({
    questionId: 'backup-offline',
    section: RECOVERY,
    item: '4.1',
    prompt:
      'Is at least one copy of the backups kept where an administrator of the network cannot delete it?',
    controlId: 'backup-immutable',
    answer: { state: 'dont-know', gap: { owner: 'Ingeborg Østergård-Nakamura', dueOn: '2026-04-10' } },
    shown: 'I don’t know',
  }),
  answer({
    questionId: 'restore-test',
    section: RECOVERY,
    item: '4.2',
    prompt: 'When was a restore from backup last tested?',
    controlId: 'restore-testing',
    answer: { state: 'answered', value: { kind: 'date', date: '2026-01-22' } },
    shown: '22 January 2026',
    status: 'supported',
    reasons: [
      reason('supports', 'A restore test record of 22 January 2026 is attached.', {
        revisionIds: [RESTORE_TEST],
      }),
    ],
  }),
  answer({
    questionId: 'incident-plan',
    section: RECOVERY,
    item: '4.3',
    prompt: 'Is there a written plan for security incidents that names who decides what?',
    controlId: 'incident-response',
    answer: yesNo('no', 'A plan is being written with the breach coach; the first draft is due in May.'),
    shown: 'No',
  }),
  answer({
    questionId: 'card-data',
    section: RECOVERY,
    item: '4.4',
    prompt: 'Are card payments processed on the applicant’s own systems?',
    answer: { state: 'answered', value: { kind: 'yes-no', choice: 'not-applicable' } },
    shown: 'Not applicable',
  }),
]

function control(
  item: Pick<ControlItem, 'id' | 'label' | 'domain' | 'status'> & Partial<ControlItem>,
): ControlItem {
  return { frameworks: { cis: ['6.3'], csf: ['PR.AA-03'] }, reasons: [], ...item }
}

const CONTROLS: ControlItem[] = [
  control({
    id: 'mfa-email',
    label: 'Second factor for e-mail',
    domain: 'Access',
    status: 'met',
    reasons: [mfaMail],
  }),
  control({
    id: 'mfa-remote',
    label: 'Second factor for remote access',
    domain: 'Access',
    status: 'partly',
    reasons: [mfaGap],
  }),
  control({
    id: 'mfa-privileged',
    label: 'Second factor for privileged accounts',
    domain: 'Access',
    status: 'unknown',
  }),
  control({
    id: 'patching',
    label: 'Security updates in time',
    domain: 'Upkeep',
    status: 'partly',
    frameworks: { cis: ['7.3', '7.4'], csf: ['PR.PS-02', 'ID.RA-01'] },
    reasons: [criticalPatches],
  }),
  control({
    id: 'exposure',
    label: 'No remote desktop on the internet',
    domain: 'Upkeep',
    status: 'unknown',
  }),
  control({
    id: 'backup-immutable',
    label: 'Backup out of an attacker’s reach',
    domain: 'Recovery',
    status: 'unknown',
  }),
  control({
    id: 'restore-testing',
    label: 'Restores tested',
    domain: 'Recovery',
    status: 'met',
    frameworks: { cis: ['11.5'], csf: ['RC.RP-03'] },
    reasons: [
      reason('supports', 'A restore test record of 22 January 2026 is attached.', {
        revisionIds: [RESTORE_TEST],
      }),
    ],
  }),
  control({
    id: 'incident-response',
    label: 'Incident response plan',
    domain: 'Recovery',
    status: 'unmet',
    frameworks: { cis: ['17.4'], csf: ['RS.MA-01'] },
  }),
  control({ id: 'card-data', label: 'Card data kept apart', domain: 'Recovery', status: 'not-applicable' }),
]

const fact = (
  number: number,
  key: string,
  value: number | boolean,
  revisionId: string,
  more: Partial<Statement['facts'][number]> = {},
): Statement['facts'][number] => ({
  id: uuid(number),
  key,
  value,
  revisionId,
  scope: { viewpoint: 'tenant', subject: 'northwind-ferries.example' },
  observedAt: '2026-03-14T06:30:00.000Z',
  completeness: 'complete',
  collector: 'Microsoft Entra sign-in export',
  evidenceKind: 'mfa-export',
  ...more,
})

const scanned = {
  scope: { viewpoint: 'internal' as const, subject: '10.20.0.0/16, 41 hosts' },
  collector: 'Nessus 10.8.3',
  evidenceKind: 'vulnerability-scan',
}

const evidence = (
  revisionId: string,
  kind: string,
  title: string,
  fileName: string,
  seed: string,
  more: Partial<Statement['evidence'][number]> = {},
): Statement['evidence'][number] => ({
  revisionId,
  kind,
  title,
  fileName,
  sha256: digest(seed),
  sizeBytes: 482_133,
  observedAt: '2026-03-14T06:30:00.000Z',
  receivedAt: '2026-03-15T16:02:11.000Z',
  validUntil: null,
  collector: 'Tomasz Łukaszewski',
  controlIds: [],
  ...more,
})

export function exampleStatement(): Statement {
  return {
    type: 'https://attested.example/statement/v1',
    reportId: uuid(1),
    createdAt: '2026-03-18T14:05:33.120Z',
    preparedBy: { organisationId: uuid(2), name: 'Brightwater Managed Services' },
    client: {
      id: uuid(3),
      legalName: 'Northwind Ferries & Island Freight Company of Åland, Incorporated',
      industry: 'Transport and logistics',
      headcount: 214,
      domains: ['northwind-ferries.example', 'islandfreight.example'],
    },
    application: { id: uuid(4), createdAt: '2026-03-02T08:00:00.000Z', coversFrom: '2026-04-01' },
    edition: {
      formCode: 'core-cyber',
      formTitle: 'Core cyber application',
      edition: '1',
      issuer: 'Harbor Mutual',
      sha256: digest('5ec0de'),
      catalogueVersion: '2026.1',
    },
    answers: structuredClone(ANSWERS),
    controls: structuredClone(CONTROLS),
    facts: [
      fact(401, 'mfa.remote_enforced', 94.7, MFA_EXPORT, { numerator: 36, denominator: 38 }),
      fact(402, 'mfa.email_enforced', 100, MFA_EXPORT, { numerator: 212, denominator: 212 }),
      fact(403, 'vuln.critical_over_30_days', 3, SCAN, scanned),
      fact(404, 'vuln.hosts_without_old_critical', 92.7, SCAN, {
        ...scanned,
        numerator: 38,
        denominator: 41,
        note: 'Counted over hosts that accepted credentials.',
      }),
      fact(405, 'exposure.rdp_open', false, OLD_SCAN, {
        scope: { viewpoint: 'external', subject: '203.0.113.0/28' },
        observedAt: '2025-08-16T04:00:00.000Z',
        completeness: 'partial',
        collector: 'Nessus 10.7.1',
        evidenceKind: 'external-scan',
      }),
    ],
    evidence: [
      evidence(
        MFA_EXPORT,
        'mfa-export',
        'Sign-in methods of all accounts',
        'entra-mfa-2026-03-14.csv',
        'a1b2',
        { controlIds: ['mfa-email', 'mfa-remote'] },
      ),
      evidence(
        SCAN,
        'vulnerability-scan',
        'Internal vulnerability scan, March',
        'northwind-internal-2026-03.nessus',
        'c3d4',
        { sizeBytes: 61_204_877, controlIds: ['patching'] },
      ),
      evidence(
        RESTORE_TEST,
        'restore-test',
        'Restore test of the booking database',
        'restore-test-2026-01-22.pdf',
        'e5f6',
        {
          observedAt: '2026-01-22T12:00:00.000Z',
          validUntil: '2027-01-22T12:00:00.000Z',
          controlIds: ['restore-testing'],
        },
      ),
      evidence(PLAN, 'policy', 'Draft incident response plan', 'incident-plan-draft-0.3.docx', '0789', {
        controlIds: ['incident-response'],
      }),
      evidence(
        OLD_SCAN,
        'external-scan',
        'External scan, August last year',
        'northwind-external-2025-08.nessus',
        'fade',
        {
          observedAt: '2025-08-16T04:00:00.000Z',
          receivedAt: '2025-08-20T10:00:00.000Z',
          sizeBytes: 3_204_877,
          controlIds: ['exposure'],
        },
      ),
    ],
    scans: [
      {
        revisionId: SCAN,
        tool: 'Nessus',
        toolVersion: '10.8.3',
        scanDate: '2026-03-14T06:30:00.000Z',
        viewpoint: 'internal',
        assets: 41,
        credentialedAssets: 38,
        findings: { critical: 3, high: 17, medium: 64, low: 22, info: 1310 },
      },
      {
        revisionId: OLD_SCAN,
        tool: 'Nessus',
        toolVersion: '10.7.1',
        scanDate: '2025-08-16T04:00:00.000Z',
        viewpoint: 'external',
        assets: 14,
        credentialedAssets: null,
        findings: { critical: 0, high: 0, medium: 2, low: 5, info: 201 },
      },
    ],
    exceptions: [
      {
        id: EXCEPTION,
        questionId: CONTRADICTED,
        scope: 'The accounts hvac-svc-01 and hvac-svc-02 on jump host JMP-02',
        reason:
          'Two service accounts of the HVAC vendor cannot use a second factor until the vendor replaces its gateway in April.',
        compensatingControl:
          'Both accounts are limited to one jump host, one source address and office hours; sign-ins raise an alert.',
        owner: 'Ingeborg Østergård-Nakamura',
        approvedBy: 'Maximiliane von Hohenfels-Wittgenstein',
        startsOn: '2026-01-12',
        expiresOn: '2026-04-30',
      },
    ],
    gaps: [{ questionId: 'backup-offline', owner: 'Ingeborg Østergård-Nakamura', dueOn: '2026-04-10' }],
    findings: {
      countedOn: '2026-03-18',
      open: [
        { severity: 'critical', upTo30Days: 1, upTo90Days: 2, upTo180Days: 0, older: 0 },
        { severity: 'high', upTo30Days: 6, upTo90Days: 8, upTo180Days: 2, older: 1 },
        { severity: 'medium', upTo30Days: 20, upTo90Days: 31, upTo180Days: 9, older: 4 },
        { severity: 'low', upTo30Days: 2, upTo90Days: 5, upTo180Days: 5, older: 10 },
        { severity: 'info', upTo30Days: 210, upTo90Days: 400, upTo180Days: 300, older: 400 },
      ],
      oldestSeenOn: '2025-06-02',
      accepted: 3,
      falsePositives: 2,
      fixed: 48,
      exploited: { open: 2, pastDue: 1 },
      scansNotCounted: 0,
    },
    coverage: {
      first: '2025-10-01',
      last: '2026-03-18',
      since: 'inception',
      isCut: false,
      controls: [
        {
          controlId: 'mfa-email',
          segments: [
            { state: 'unproved', days: 12 },
            { state: 'proved', days: 157 },
          ],
        },
        {
          controlId: 'mfa-remote',
          segments: [
            { state: 'proved', days: 90 },
            { state: 'contradicted', days: 13 },
            { state: 'excepted', days: 66 },
          ],
        },
        { controlId: 'mfa-privileged', segments: [{ state: 'unproved', days: 169 }] },
        { controlId: 'patching', segments: [{ state: 'proved', days: 169 }] },
        {
          controlId: 'exposure',
          segments: [
            { state: 'proved', days: 44 },
            { state: 'unproved', days: 125 },
          ],
        },
        { controlId: 'backup-immutable', segments: [{ state: 'unrecorded', days: 169 }] },
        {
          controlId: 'restore-testing',
          segments: [
            { state: 'unproved', days: 113 },
            { state: 'proved', days: 56 },
          ],
        },
        { controlId: 'incident-response', segments: [{ state: 'not-claimed', days: 169 }] },
        { controlId: 'card-data', segments: [{ state: 'not-claimed', days: 169 }] },
      ],
    },
    verifyAt: 'https://attested.brightwater.example/verify',
    ledgerHead: { sequence: 482, hash: digest('beef') },
    signers: [
      {
        role: 'technical-contributor',
        name: 'Tomasz Łukaszewski',
        title: 'Lead technician',
        organisation: 'Brightwater Managed Services',
        email: 'tomasz@brightwater.example',
        declaration:
          'I certify that the technical facts and evidence listed in this report were collected as stated, and that nothing known to me that bears on them was left out. I do not attest the answers on behalf of the insured.',
      },
      {
        role: 'insured-officer',
        name: 'Maximiliane von Hohenfels-Wittgenstein',
        title: 'Managing director (Chief executive officer)',
        organisation: 'Northwind Ferries & Island Freight Company of Åland, Incorporated',
        email: 'm.hohenfels@northwind-ferries.example',
        declaration:
          'I am authorised to sign for the applicant. I have made reasonable inquiry among the people responsible for security, finance, personnel and law, and with outside providers who look after our systems. To the best of my knowledge and belief the answers in this application are true and complete, and nothing that would matter to the insurer’s decision has been left out.',
      },
    ],
  }
}
