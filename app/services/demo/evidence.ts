/** The files that the demo clients hand in: two scans and the documents behind their answers. */
import { dayFrom } from './clients.ts'
import { type DemoFinding, type DemoHost, writeScanFile } from './scan-file.ts'

export interface DemoFile {
  fileName: string
  kind: string
  title: string
  content: string
  observedOn: string
  validUntil?: string
  collector: string
  controlIds: string[]
  viewpoint?: 'external' | 'internal'
}

const DAY = 86_400_000
const before = (now: Date, days: number) => new Date(now.getTime() - days * DAY)

const webServer: DemoFinding = {
  pluginId: 10107,
  name: 'Web server type and version',
  family: 'Web Servers',
  severity: 0,
  port: 443,
  service: 'https',
}

function lateUpdate(now: Date, daysOld: number): DemoFinding {
  return {
    pluginId: 900101,
    name: 'Operating system: cumulative security update is missing',
    family: 'Windows : Microsoft Bulletins',
    severity: 4,
    port: 445,
    service: 'cifs',
    cves: ['CVE-2025-0001', 'CVE-2025-0002'],
    solution: 'Install the current cumulative update.',
    patchedOn: before(now, daysOld),
  }
}

const unsupportedServer: DemoFinding = {
  pluginId: 108797,
  name: 'Unsupported Windows OS (remote)',
  family: 'Windows',
  severity: 4,
  port: 0,
  service: 'general',
  solution: 'Replace the system by one that its vendor still supplies with security updates.',
}

const host = (name: string, address: string, operatingSystem: string, findings: DemoFinding[]): DemoHost => ({
  name,
  address,
  operatingSystem,
  credentialed: true,
  findings,
})

function scan(
  now: Date,
  file: Pick<DemoFile, 'fileName' | 'kind' | 'title' | 'viewpoint'>,
  daysAgo: number,
  hosts: DemoHost[],
): DemoFile {
  return {
    ...file,
    content: writeScanFile(file.title, before(now, daysAgo), hosts),
    observedOn: dayFrom(now, -daysAgo),
    collector: 'Lakeside Managed IT, Nessus',
    controlIds:
      file.viewpoint === 'external'
        ? ['vuln-scan-external', 'rdp-not-exposed']
        : ['patch-critical-sla', 'eol-systems'],
  }
}

export function dentalFiles(now: Date): DemoFile[] {
  const document = (
    kind: string,
    fileName: string,
    title: string,
    daysAgo: number,
    controlIds: string[],
    text: string,
  ): DemoFile => ({
    kind,
    fileName,
    title,
    observedOn: dayFrom(now, -daysAgo),
    collector: 'Dana Reyes',
    controlIds,
    content: `${title}\nHarbour Street Dental Group, as of ${dayFrom(now, -daysAgo)}\nInvented data of the demo workspace.\n\n${text}\n`,
  })
  return [
    scan(
      now,
      {
        fileName: 'harbour-external.nessus',
        kind: 'external-scan-report',
        title: 'Harbour Street, external',
        viewpoint: 'external',
      },
      4,
      [
        host('www.harbourstreetdental.example', '203.0.113.21', 'Linux', [webServer]),
        host('vpn.harbourstreetdental.example', '203.0.113.22', 'Firewall appliance', [webServer]),
      ],
    ),
    scan(
      now,
      {
        fileName: 'harbour-internal.nessus',
        kind: 'vuln-scan-summary',
        title: 'Harbour Street, internal',
        viewpoint: 'internal',
      },
      6,
      [
        host('dc1.harbour.example', '192.0.2.10', 'Microsoft Windows Server 2022', [lateUpdate(now, 12)]),
        host('files.harbour.example', '192.0.2.11', 'Microsoft Windows Server 2022', []),
        host('ws-014.harbour.example', '192.0.2.114', 'Microsoft Windows 11', []),
      ],
    ),
    document(
      'idp-policy-export',
      'conditional-access.json.txt',
      'Conditional access policies',
      5,
      [
        'mfa-email',
        'mfa-cloud-admin',
        'mfa-directory-admin',
        'mfa-remote-access',
        'mfa-endpoint-server-admin',
      ],
      'Policy "Require MFA, everyone": enabled. Include: all users, all applications. Exclude: two sealed emergency accounts, monitored.\nPolicy "Block legacy authentication": enabled. Exclude: none.',
    ),
    document(
      'admin-role-export',
      'admin-roles.csv',
      'Administrator roles',
      5,
      ['mfa-directory-admin', 'mfa-cloud-admin', 'pam-separate-admin-accounts'],
      'account,role,mailbox,mfa\nadm-dreyes,Global administrator,no,security key\nadm-jwu,Exchange administrator,no,security key',
    ),
    document(
      'firewall-config-export',
      'firewall-remote-access.txt',
      'Firewall remote access configuration',
      9,
      ['mfa-remote-access'],
      'VPN authentication: SAML with the identity provider, MFA demanded. Local VPN users: none.',
    ),
    document(
      'console-screenshot',
      'backup-console.txt',
      'Backup console, sign-in settings',
      8,
      ['mfa-backup-admin'],
      'Two-factor authentication: enforced for all console users. Tenant: Harbour Street Dental.',
    ),
    document(
      'edr-coverage-report',
      'edr-coverage.csv',
      'EDR coverage against the device inventory',
      3,
      ['edr-coverage', 'mfa-endpoint-server-admin'],
      'kind,inventory,with agent,stale agents\nworkstations,38,38,0\nservers,4,4,0',
    ),
    document(
      'device-inventory-export',
      'devices.csv',
      'Device inventory',
      3,
      ['edr-coverage'],
      'kind,count\nworkstations and laptops,38\nservers,4',
    ),
    {
      ...document(
        'mdr-contract',
        'mdr-contract.txt',
        'Managed detection and response contract',
        120,
        ['edr-mdr-24x7'],
        'Service hours: every day, around the clock. Isolation of devices without prior approval.',
      ),
      validUntil: dayFrom(now, 245),
    },
    document(
      'dns-record-lookup',
      'dmarc.txt',
      'DMARC record',
      2,
      ['email-dmarc'],
      '_dmarc.harbourstreetdental.example TXT "v=DMARC1; p=quarantine; sp=quarantine; rua=mailto:dmarc@harbourstreetdental.example"',
    ),
    document(
      'email-gateway-config',
      'mail-protection.txt',
      'Mail protection policies',
      20,
      ['email-filtering'],
      'Safe links: on, all users. Safe attachments: dynamic delivery, all users. External sender mark: on.',
    ),
    document(
      'patch-compliance-report',
      'patch-compliance.csv',
      'Patch compliance, last 90 days',
      6,
      ['patch-critical-sla'],
      'severity,released,installed within 30 days\ncritical,64,64',
    ),
    document('eol-report', 'eol.csv', 'Unsupported systems', 6, ['eol-systems'], 'system,count\nnone,0'),
    document(
      'backup-job-report',
      'backup-jobs.csv',
      'Backup runs, last 90 days',
      2,
      ['backup-frequency-scope'],
      'day,jobs,failed\nlast 90 days,360,0',
    ),
    document(
      'backup-config-export',
      'backup-config.txt',
      'Backup configuration',
      30,
      ['backup-offline-immutable'],
      'Immutability: 30 days. Console accounts: separate from the directory.',
    ),
    document(
      'restore-test-log',
      'restore-test.txt',
      'Restore test',
      40,
      ['backup-restore-test'],
      'Restored: file server, complete. From: immutable copy. Time taken: 3 h 10 min. Result: complete. Tester: D. Reyes.',
    ),
    document(
      'encryption-report',
      'encryption.csv',
      'Disk encryption',
      5,
      ['encrypt-endpoints'],
      'devices,encrypted\n38,38',
    ),
    document(
      'signed-attestation',
      'record-count.txt',
      'Records held, signed client statement',
      30,
      ['data-record-counts'],
      'Patients and staff, current and former: 18,400 people. Counted in the practice software.',
    ),
    document(
      'plan-document',
      'incident-response-plan.txt',
      'Incident response plan',
      75,
      ['ir-plan'],
      'Version 4, approved by M. Okafor. Insurer hotline, decision makers and offline copy listed.',
    ),
    document(
      'training-completion-report',
      'training.csv',
      'Awareness training completion',
      60,
      ['training-annual'],
      'people,completed\n42,42',
    ),
    document(
      'procedure-document',
      'payment-procedure.txt',
      'Payment verification procedure',
      90,
      ['payment-callback'],
      'Every change of bank details and every payment to a new payee: call to a number on file before release.',
    ),
    document(
      'transaction-sample',
      'callback-records.csv',
      'Call-back records',
      15,
      ['payment-callback'],
      'date,kind,called number from file,result\nsample of 6,bank detail change,yes,confirmed',
    ),
    document(
      'assessment-report',
      'msp-access-review.txt',
      'Provider access assessment',
      25,
      ['msp-access'],
      'Technicians: 6, each with a named account and MFA. Shared accounts: none.',
    ),
  ]
}

export function accountingFiles(now: Date): DemoFile[] {
  return [
    scan(
      now,
      {
        fileName: 'brightwater-internal.nessus',
        kind: 'vuln-scan-summary',
        title: 'Brightwater, internal',
        viewpoint: 'internal',
      },
      3,
      [
        host('srv-ledger.brightwater.example', '192.0.2.31', 'Microsoft Windows Server 2012 R2', [
          unsupportedServer,
          lateUpdate(now, 210),
        ]),
        host('srv-files.brightwater.example', '192.0.2.32', 'Microsoft Windows Server 2022', [
          lateUpdate(now, 64),
        ]),
        host('ws-003.brightwater.example', '192.0.2.203', 'Microsoft Windows 11', []),
      ],
    ),
    scan(
      now,
      {
        fileName: 'brightwater-external.nessus',
        kind: 'external-scan-report',
        title: 'Brightwater, external',
        viewpoint: 'external',
      },
      3,
      [
        host('remote.brightwater-accounting.example', '203.0.113.77', 'Microsoft Windows', [
          {
            pluginId: 10940,
            name: 'Remote desktop service is reachable',
            family: 'Windows',
            severity: 0,
            port: 3389,
            service: 'msrdp',
          },
        ]),
      ],
    ),
    ...dentalFiles(now)
      .filter(({ kind }) => ['idp-policy-export', 'dns-record-lookup', 'encryption-report'].includes(kind))
      .map((file) => ({
        ...file,
        content: file.content.replaceAll('Harbour Street Dental Group', 'Brightwater Accounting LLP'),
      })),
    {
      kind: 'training-completion-report',
      fileName: 'training-last-year.csv',
      title: 'Awareness training, last year',
      content: 'people,completed\n25,25\n',
      observedOn: dayFrom(now, -410),
      collector: 'Dana Reyes',
      controlIds: ['training-annual'],
    },
  ]
}
