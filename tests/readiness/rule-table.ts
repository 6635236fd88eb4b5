/** What every rule of the 24 core controls must say, written down from domain/controls.md and not from the catalogue. */
import { inside, on, outside, type RuleCase, stated } from './rule-case.ts'
import { dayText, fact, share } from './situation.ts'

const email = on('mfa-email')
const remote = on('mfa-remote-access')
const suppliers = on('mfa-remote-access', { scope: 'People outside the organisation' })
const staff = on('mfa-remote-access', { scope: "The applicant's own people" })
const directory = on('mfa-directory-admin')
const cloud = on('mfa-cloud-admin')
const backupAdmin = on('mfa-backup-admin')
const endpointAdmin = on('mfa-endpoint-server-admin')
const accounts = on('pam-separate-admin-accounts')
const dmarc = on('email-dmarc')
const filtering = on('email-filtering')
const edr = on('edr-coverage')
const edrServers = on('edr-coverage', { scope: 'Servers, on premises and hosted' })
const edrWorkstations = on('edr-coverage', { scope: 'Workstations and laptops' })
const mdr = on('edr-mdr-24x7')
const scan = on('vuln-scan-external')
const patch = on('patch-critical-sla')
const eol = on('eol-systems')
const backup = on('backup-frequency-scope')
const isolated = on('backup-offline-immutable')
const restore = on('backup-restore-test')
const rdp = on('rdp-not-exposed')
const encryption = on('encrypt-endpoints')
const records = on('data-record-counts')
const plan = on('ir-plan')
const training = on('training-annual')
const callback = on('payment-callback')
const msp = on('msp-access')

export const CORE_CASES: RuleCase[] = [
  // Registered is not enforced; only the policy's reach proves the answer.
  email('yes', 'contradicts', share('mfa.user_enforced_percent', 41, 43)),
  email('yes', 'contradicts', share('mfa.user_enforced_percent', 2999, 3000)),
  email('yes', 'supports', share('mfa.user_enforced_percent', 43, 43)),
  email('yes', 'contradicts', fact('mfa.legacy_auth_signins_30d', 1)),
  email('yes', null, fact('mfa.legacy_auth_signins_30d', 0)),
  email('yes', 'weakens', share('mfa.user_registered_percent', 42, 43)),
  email('yes', null, share('mfa.user_registered_percent', 43, 43)),
  email('yes', 'weakens', fact('mfa.excluded_account_count', 2)),
  email('yes', 'contradicts', fact('mfa.ca_policies_report_only_count', 3, { numerator: 3, denominator: 3 })),
  email('yes', 'weakens', fact('mfa.ca_policies_report_only_count', 1, { numerator: 1, denominator: 3 })),
  email('yes', 'supports', fact('mfa.all_users_policy', true)),
  email('yes', 'not-comparable', fact('mfa.all_users_policy', true, { completeness: 'partial' })),
  email('yes', 'weakens', fact('mfa.all_users_policy', false)),
  // Whom the policies reach together was counted, so the one policy for all decides nothing.
  email('yes', null, fact('mfa.all_users_policy', false), share('mfa.user_enforced_percent', 43, 43)),
  email('no', null, share('mfa.user_enforced_percent', 41, 43)),

  remote('yes third-parties-included', 'contradicts', fact('mfa.vpn_required', false)),
  remote('yes third-parties-included', 'supports', fact('mfa.vpn_required', true)),
  remote('yes third-parties-included', 'contradicts', fact('exposure.rdp_open_count', 1, outside)),
  remote('yes', 'not-comparable', fact('exposure.rdp_open_count', 1, inside)),
  remote('yes third-parties-included', 'weakens', fact('remote_tools.unapproved_count', 2, inside)),
  remote('yes third-parties-included', 'contradicts', fact('vendor.accounts_without_mfa_count', 1)),
  suppliers('yes', 'contradicts', fact('vendor.accounts_without_mfa_count', 1)),
  staff('yes', null, fact('vendor.accounts_without_mfa_count', 1)),
  suppliers('yes', 'contradicts', share('msp.technician_mfa_percent', 8, 9)),
  suppliers('yes', 'contradicts', fact('msp.shared_accounts_count', 1)),
  staff('yes', null, fact('msp.shared_accounts_count', 1)),
  remote('third-parties-included', 'contradicts', fact('vendor.accounts_without_mfa_count', 1)),
  remote('third-parties-included', 'contradicts', share('msp.technician_mfa_percent', 8, 9)),
  remote('third-parties-included', 'contradicts', fact('msp.shared_accounts_count', 1)),

  directory('yes', 'contradicts', fact('mfa.admin_without_mfa_count', 1)),
  directory('yes', 'supports', fact('mfa.admin_without_mfa_count', 0)),
  directory('yes', 'contradicts', share('mfa.admin_coverage_percent', 4, 5)),
  directory('yes', 'supports', share('mfa.admin_coverage_percent', 5, 5)),
  directory('yes', 'weakens', fact('pam.domain_admin_count', 3, inside)),

  cloud('yes', 'contradicts', share('mfa.admin_coverage_percent', 4, 5)),
  cloud('yes', 'supports', share('mfa.admin_coverage_percent', 5, 5)),
  cloud('yes', 'weakens', fact('pam.global_admin_count', 2, { subject: 'another cloud' })),

  backupAdmin('yes', 'contradicts', fact('mfa.backup_console_required', false)),
  backupAdmin('yes', 'supports', fact('mfa.backup_console_required', true)),
  endpointAdmin('yes', 'contradicts', fact('mfa.endpoint_admin_required', false)),
  endpointAdmin('yes', 'supports', fact('mfa.endpoint_admin_required', true)),
  endpointAdmin('yes', 'contradicts', fact('mfa.rmm_required', false)),
  endpointAdmin('yes', null, fact('mfa.rmm_required', true)),
  endpointAdmin('yes', 'contradicts', share('msp.technician_mfa_percent', 8, 9)),
  endpointAdmin('yes', 'contradicts', fact('msp.shared_accounts_count', 1)),

  accounts('yes', 'contradicts', fact('pam.admins_with_mailbox_count', 2)),
  accounts('yes', 'supports', fact('pam.admins_with_mailbox_count', 0)),
  accounts('yes', 'contradicts', fact('pam.shared_admin_account_count', 1)),
  accounts('yes', 'weakens', fact('pam.global_admin_count', 6)),
  accounts('yes', null, fact('pam.global_admin_count', 5)),

  ...['absent', 'none', 'invalid'].map((policy) =>
    dmarc('quarantine reject', 'contradicts', fact('email.dmarc_policy', policy, outside)),
  ),
  dmarc('quarantine reject', 'supports', fact('email.dmarc_policy', 'reject', outside)),
  dmarc('quarantine', 'supports', fact('email.dmarc_policy', 'quarantine', outside)),
  dmarc('reject', 'contradicts', fact('email.dmarc_policy', 'quarantine', outside)),
  dmarc('monitoring', 'contradicts', fact('email.dmarc_policy', 'absent', outside)),
  dmarc('monitoring', 'supports', fact('email.dmarc_policy', 'none', outside)),
  dmarc('monitoring', 'weakens', fact('email.dmarc_policy', 'none', outside)),
  dmarc('yes', 'contradicts', fact('email.dmarc_policy', 'absent', outside)),
  dmarc('yes', 'contradicts', fact('email.dmarc_policy', 'invalid', outside)),
  dmarc('yes', 'weakens', fact('email.dmarc_policy', 'none', outside)),
  dmarc('yes', 'supports', fact('email.dmarc_policy', 'quarantine', outside)),
  dmarc('yes', 'weakens', fact('email.dmarc_pct', 50, outside)),
  dmarc('yes', 'weakens', fact('email.dmarc_subdomain_policy', 'none', outside)),
  dmarc('absent', null, fact('email.dmarc_policy', 'absent', outside)),
  dmarc('quarantine reject', 'weakens', fact('email.dmarc_pct', 50, outside)),
  dmarc('quarantine reject', 'weakens', fact('email.dmarc_subdomain_policy', 'none', outside)),
  dmarc('reject', 'weakens', fact('email.dmarc_subdomain_policy', 'quarantine', outside)),
  dmarc('quarantine', null, fact('email.dmarc_subdomain_policy', 'quarantine', outside)),

  filtering('additional-product', 'contradicts', fact('email.gateway_product', 'Exchange Online Protection')),
  filtering('additional-product', 'supports', fact('email.gateway_product', 'Some Gateway')),
  filtering('native-only', 'supports', fact('email.gateway_product', 'native')),
  filtering('link-rewriting', 'contradicts', fact('email.url_rewrite_enabled', false)),
  filtering('link-rewriting', 'supports', fact('email.url_rewrite_enabled', true)),
  filtering('attachment-sandbox', 'contradicts', fact('email.attachment_sandbox_enabled', false)),
  filtering('attachment-sandbox', 'supports', fact('email.attachment_sandbox_enabled', true)),
  filtering('external-tagging', 'contradicts', fact('email.external_tagging_enabled', false)),
  filtering('external-tagging', 'supports', fact('email.external_tagging_enabled', true)),

  edr('all', 'contradicts', fact('endpoint.edr_unprotected_count', 1)),
  edr('all', 'supports', fact('endpoint.edr_unprotected_count', 0)),
  edr('all', 'contradicts', share('endpoint.edr_coverage_percent', 118, 120)),
  edr('all', 'supports', share('endpoint.edr_coverage_percent', 120, 120)),
  edr('all', 'weakens', share('endpoint.edr_coverage_percent', 121, 120)),
  edr('all', 'contradicts', share('endpoint.edr_server_coverage_percent', 7, 8)),
  edr('all', null, share('endpoint.edr_server_coverage_percent', 8, 8)),
  edr('all-servers', 'contradicts', share('endpoint.edr_server_coverage_percent', 7, 8)),
  edr('all-servers', 'supports', share('endpoint.edr_server_coverage_percent', 8, 8)),
  edr('all-servers', 'weakens', share('endpoint.edr_server_coverage_percent', 9, 8)),
  edr('all all-servers', 'weakens', fact('endpoint.edr_stale_agents_7d', 4)),
  edr('all all-servers partly', 'contradicts', fact('endpoint.protection_kind', 'antivirus')),
  edr('partly', 'contradicts', share('endpoint.edr_coverage_percent', 0, 120)),
  edr('partly', 'supports', share('endpoint.edr_coverage_percent', 60, 120)),
  edr('none', null, fact('endpoint.edr_unprotected_count', 120)),
  edr('at-least-98-percent', 'contradicts', share('endpoint.edr_coverage_percent', 97, 100)),
  edr('at-least-98-percent', 'supports', share('endpoint.edr_coverage_percent', 98, 100)),
  edr('at-least-98-percent', 'weakens', share('endpoint.edr_coverage_percent', 101, 100)),
  edr('at-least-90-percent', 'contradicts', share('endpoint.edr_coverage_percent', 89, 100)),
  edr('at-least-90-percent', 'supports', share('endpoint.edr_coverage_percent', 90, 100)),
  edr('at-least-50-percent', 'contradicts', share('endpoint.edr_coverage_percent', 49, 100)),
  edr('at-least-50-percent', 'supports', share('endpoint.edr_coverage_percent', 50, 100)),
  edr('below-50-percent', 'contradicts', share('endpoint.edr_coverage_percent', 0, 100)),
  edr('below-50-percent', 'supports', share('endpoint.edr_coverage_percent', 1, 100)),
  edr('at-least-98-percent below-50-percent', 'contradicts', fact('endpoint.protection_kind', 'antivirus')),
  edrServers('all', 'supports', share('endpoint.edr_server_coverage_percent', 8, 8)),
  edrServers('all', 'weakens', share('endpoint.edr_server_coverage_percent', 9, 8)),
  edrServers('all', 'contradicts', share('endpoint.edr_server_coverage_percent', 7, 8)),
  edrServers('all all-servers', 'supports', share('endpoint.edr_coverage_percent', 120, 120)),
  edrServers('all', null, share('endpoint.edr_coverage_percent', 118, 120)),
  edrServers('partly', 'contradicts', share('endpoint.edr_server_coverage_percent', 0, 8)),
  edrServers('partly', 'supports', share('endpoint.edr_server_coverage_percent', 5, 8)),
  edrWorkstations('all', null, share('endpoint.edr_server_coverage_percent', 7, 8)),

  mdr('around-the-clock', 'contradicts', fact('endpoint.mdr_24x7', false, stated)),
  mdr('around-the-clock', 'supports', fact('endpoint.mdr_24x7', true, stated)),
  mdr('around-the-clock', 'contradicts', fact('soc.coverage', 'business', stated)),
  mdr('around-the-clock business-hours', 'contradicts', fact('soc.coverage', 'none', stated)),
  mdr('around-the-clock business-hours', 'supports', fact('soc.coverage', '24x7', stated)),
  mdr('business-hours', 'supports', fact('soc.coverage', 'business', stated)),

  scan('monthly', 'contradicts', fact('vuln.external_scan_age_days', 45, outside)),
  scan('monthly', 'supports', fact('vuln.external_scan_age_days', 44, outside)),
  scan('quarterly', 'contradicts', fact('vuln.external_scan_age_days', 100, outside)),
  scan('quarterly', 'supports', fact('vuln.external_scan_age_days', 99, outside)),
  scan('yearly', 'contradicts', fact('vuln.external_scan_age_days', 365, outside)),
  scan('yearly', 'supports', fact('vuln.external_scan_age_days', 300, outside)),
  scan('no-critical-exposure', 'contradicts', fact('vuln.critical_external_open_count', 1, outside)),
  scan('no-critical-exposure', 'supports', fact('vuln.critical_external_open_count', 0, outside)),
  scan('monthly quarterly yearly', 'weakens', fact('vuln.critical_external_open_count', 1, outside)),
  scan('monthly', 'not-comparable', fact('vuln.external_scan_age_days', 3, inside)),

  patch('within-30-days within-14-days', 'contradicts', fact('vuln.critical_open_older_than_30d', 3, inside)),
  patch('within-30-days', 'contradicts', fact('vuln.critical_open_older_than_30d', 3, outside)),
  patch('within-30-days', 'supports', fact('vuln.critical_open_older_than_30d', 0, inside)),
  patch('within-14-days', null, fact('vuln.critical_open_older_than_30d', 0, inside)),
  patch('longer', null, fact('vuln.critical_open_older_than_30d', 3, inside)),
  patch('within-14-days', 'contradicts', share('patch.critical_within_14d_percent', 97, 100)),
  patch('within-14-days', 'supports', share('patch.critical_within_14d_percent', 100, 100)),
  patch('within-30-days', 'weakens', share('patch.critical_within_30d_percent', 97, 100)),
  patch('within-30-days', 'supports', share('patch.critical_within_30d_percent', 100, 100)),
  patch('within-30-days', 'contradicts', fact('patch.median_days_critical', 31)),
  patch('within-14-days', 'contradicts', fact('patch.median_days_critical', 15)),
  patch('longer', 'supports', fact('patch.median_days_critical', 40)),
  patch('within-14-days within-30-days', 'weakens', fact('patch.third_party_in_scope', false)),
  patch(
    'within-14-days within-30-days',
    'weakens',
    share('patch.critical_within_30d_percent', 100, 100, { completeness: 'partial' }),
  ),

  eol('none', 'contradicts', fact('vuln.eol_os_count', 1, inside)),
  eol('none', 'supports', fact('vuln.eol_os_count', 0, inside)),
  eol('isolated', null, fact('vuln.eol_os_count', 4, inside)),
  eol('isolated none', 'contradicts', fact('vuln.eol_internet_facing_count', 1, outside)),
  eol('isolated', 'supports', fact('vuln.eol_internet_facing_count', 0, outside)),

  backup('daily', 'contradicts', fact('backup.last_success_age_hours', 49)),
  backup('daily', 'supports', fact('backup.last_success_age_hours', 48)),
  backup('weekly', 'contradicts', fact('backup.last_success_age_hours', 169)),
  backup('weekly', 'supports', fact('backup.last_success_age_hours', 168)),
  backup('monthly', 'contradicts', fact('backup.last_success_age_hours', 841)),
  backup('monthly', 'supports', fact('backup.last_success_age_hours', 500)),
  backup('less-often', 'supports', fact('backup.last_success_age_hours', 2000)),
  backup('daily weekly monthly less-often', 'weakens', share('backup.coverage_critical_percent', 9, 10)),

  isolated('offline', 'contradicts', fact('backup.offline_or_separate_network', false)),
  isolated('offline', 'supports', fact('backup.offline_or_separate_network', true)),
  isolated('immutable', 'contradicts', fact('backup.immutable_copy', false)),
  isolated('immutable', 'supports', fact('backup.immutable_copy', true)),
  isolated('separate-credentials', 'contradicts', fact('backup.separate_credentials', false)),
  isolated('separate-credentials', 'supports', fact('backup.separate_credentials', true)),
  isolated(
    'yes',
    'contradicts',
    fact('backup.immutable_copy', false),
    fact('backup.offline_or_separate_network', false),
  ),
  isolated('yes', null, fact('backup.immutable_copy', false)),
  isolated(
    'yes',
    'supports',
    fact('backup.immutable_copy', true),
    fact('backup.offline_or_separate_network', false),
  ),
  isolated(
    'yes',
    'supports',
    fact('backup.offline_or_separate_network', true),
    fact('backup.immutable_copy', false),
  ),
  isolated('offline immutable separate-credentials yes', 'contradicts', fact('backup.is_sync_service', true)),

  restore('within-12-months', 'contradicts', fact('backup.last_restore_test_date', dayText(366))),
  restore('within-12-months older', 'contradicts', fact('backup.last_restore_test_date', 'never')),
  restore('within-12-months', 'supports', fact('backup.last_restore_test_date', dayText(365))),
  restore('older', 'supports', fact('backup.last_restore_test_date', dayText(500))),
  restore('within-12-months older', 'contradicts', fact('backup.last_restore_result', 'failed')),
  restore('within-12-months', 'weakens', fact('backup.last_restore_result', 'partial')),
  restore('within-12-months', 'weakens', fact('backup.last_restore_scope', 'file-level')),
  restore('within-12-months', 'weakens', fact('backup.saas_covered', false)),

  rdp('yes', 'contradicts', fact('exposure.rdp_open_count', 1, outside)),
  rdp('yes', 'supports', fact('exposure.rdp_open_count', 0, outside)),
  rdp('yes', 'not-comparable', fact('exposure.rdp_open_count', 0, inside)),
  rdp('yes', 'not-comparable', fact('exposure.rdp_open_count', 5, inside)),

  encryption('all yes', 'contradicts', share('crypto.endpoint_encrypted_percent', 94, 100)),
  encryption('all yes', 'weakens', share('crypto.endpoint_encrypted_percent', 96, 100)),
  encryption('all yes', 'supports', share('crypto.endpoint_encrypted_percent', 96, 100)),
  encryption('all yes', 'supports', share('crypto.endpoint_encrypted_percent', 100, 100)),
  encryption('most', 'contradicts', share('crypto.endpoint_encrypted_percent', 94, 100)),
  encryption('most', 'supports', share('crypto.endpoint_encrypted_percent', 95, 100)),
  encryption('some partly sometimes', 'supports', share('crypto.endpoint_encrypted_percent', 1, 100)),
  encryption('some partly sometimes', 'supports', share('crypto.endpoint_encrypted_percent', 94, 100)),
  encryption('some partly sometimes', 'contradicts', share('crypto.endpoint_encrypted_percent', 0, 100)),
  encryption('some partly sometimes', 'weakens', share('crypto.endpoint_encrypted_percent', 97, 100)),

  records('none', 'contradicts', fact('data.pii_record_count', 1, stated)),
  records('none', 'supports', fact('data.pii_record_count', 0, stated)),
  records('none', 'contradicts', fact('data.phi_record_count', 1, stated)),
  records('under-100k', 'contradicts', fact('data.pii_record_count', 100_000, stated)),
  records('under-100k', 'supports', fact('data.pii_record_count', 99_999, stated)),
  records('under-100k', 'contradicts', fact('data.phi_record_count', 100_000, stated)),
  records('from-100k', 'contradicts', fact('data.pii_record_count', 500_000, stated)),
  records('from-100k', 'supports', fact('data.pii_record_count', 100_000, stated)),
  records('from-100k', 'contradicts', fact('data.phi_record_count', 500_000, stated)),
  records('from-500k', 'contradicts', fact('data.pii_record_count', 1_000_001, stated)),
  records('from-500k', 'supports', fact('data.pii_record_count', 1_000_000, stated)),
  records('from-500k', 'contradicts', fact('data.phi_record_count', 1_000_001, stated)),
  records('over-1m', 'supports', fact('data.pii_record_count', 1_000_001, stated)),
  records(
    'under-100k',
    'weakens',
    fact('data.pii_record_count', 500, { ...stated, completeness: 'partial', note: 'employees only' }),
  ),
  records(
    'under-100k',
    'weakens',
    fact('data.pii_record_count', 500, {
      ...stated,
      completeness: 'partial',
      note: 'held for clients left out',
    }),
  ),

  plan('yes', 'contradicts', fact('ir.plan_review_date', dayText(366), stated)),
  plan('yes', 'supports', fact('ir.plan_review_date', dayText(365), stated)),
  plan('yes', 'weakens', fact('ir.insurer_hotline_in_plan', false, stated)),
  plan('yes', 'weakens', fact('ir.plan_departed_contact_count', 1, stated)),

  training('all yes', 'contradicts', share('training.completion_percent_12m', 99, 100)),
  training('all yes', 'supports', share('training.completion_percent_12m', 100, 100)),
  training('most', 'contradicts', share('training.completion_percent_12m', 89, 100)),
  training('most', 'supports', share('training.completion_percent_12m', 90, 100)),
  training('some partly', 'contradicts', share('training.completion_percent_12m', 0, 100)),
  training('some partly', 'supports', share('training.completion_percent_12m', 40, 100)),

  callback('from-25k', 'contradicts', fact('payment.callback_threshold', 2_500_001, stated)),
  callback('from-25k yes', 'supports', fact('payment.callback_threshold', 2_500_000, stated)),
  callback('yes', 'weakens', fact('payment.callback_threshold', 5_000_000, stated)),
  callback('yes', 'weakens', fact('payment.callback_records_90d', 0, stated)),
  callback('yes', 'supports', fact('payment.callback_records_90d', 12, stated)),

  callback('from-10k', 'contradicts', fact('payment.callback_threshold', 1_000_001, stated)),
  callback('from-10k', 'supports', fact('payment.callback_threshold', 1_000_000, stated)),

  msp('yes', 'contradicts', share('msp.technician_mfa_percent', 8, 9)),
  msp('yes', 'supports', share('msp.technician_mfa_percent', 9, 9)),
  msp('yes', 'contradicts', fact('msp.shared_accounts_count', 1)),
  msp('yes', 'contradicts', fact('mfa.rmm_required', false)),
].flat()
