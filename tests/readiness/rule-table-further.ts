/** What every rule of the other 41 controls must say, written down from domain/controls.md and not from the catalogue. */
import { inside, on, outside, type RuleCase, stated } from './rule-case.ts'
import { dayText, fact, share } from './situation.ts'

const networkAdmin = on('mfa-network-infra-admin')
const criticalApps = on('mfa-critical-apps')
const strongAdmin = on('mfa-phishing-resistant-admin')
const legacy = on('mfa-legacy-auth-blocked')
const pamTool = on('pam-tool')
const localAdmin = on('pam-local-admin')
const lifecycle = on('account-lifecycle')
const spf = on('email-spf')
const dkim = on('email-dkim')
const sandbox = on('email-sandboxing')
const tagging = on('email-external-tagging')
const macros = on('endpoint-macros-blocked')
const blocking = on('edr-prevention-mode')
const baseline = on('endpoint-hardening')
const internalScan = on('vuln-scan-internal')
const exploited = on('patch-kev')
const penTest = on('pen-test')
const backupAccounts = on('backup-credential-separation')
const backupEncryption = on('backup-encrypted')
const saas = on('backup-saas')
const edge = on('vpn-edge-maintained')
const remoteTools = on('remote-tools-controlled')
const segments = on('network-segmentation')
const dnsFilter = on('dns-web-filtering')
const transit = on('encrypt-in-transit')
const serverEncryption = on('encrypt-servers-databases')
const logs = on('log-central-retention')
const soc = on('soc-monitoring')
const exercise = on('ir-tabletop')
const continuity = on('bcp-dr')
const notification = on('insurer-notification-ready')
const simulations = on('phishing-simulation')
const dual = on('payment-dual-authorisation')
const payees = on('vendor-bank-verification')
const vendors = on('vendor-register-contracts')
const vendorAccess = on('vendor-access-review')
const inventory = on('asset-inventory')
const owner = on('security-owner')
const incidents = on('prior-incidents-circumstances')
const assessment = on('risk-assessment-annual')

export const FURTHER_CASES: RuleCase[] = [
  networkAdmin('yes', 'contradicts', fact('mfa.network_admin_required', false)),
  networkAdmin('yes', 'supports', fact('mfa.network_admin_required', true)),
  networkAdmin('yes', 'contradicts', fact('exposure.admin_interface_open_count', 1, outside)),
  networkAdmin(
    'yes',
    null,
    fact('exposure.admin_interface_open_count', 1, outside),
    fact('mfa.network_admin_required', true),
  ),
  networkAdmin('yes', 'not-comparable', fact('exposure.admin_interface_open_count', 1, inside)),
  criticalApps('yes all', 'contradicts', fact('mfa.app_enforced', false, { subject: 'Payroll' })),
  criticalApps('yes all', 'supports', fact('mfa.app_enforced', true, { subject: 'Payroll' })),
  criticalApps('yes all', 'weakens', fact('mfa.app_enforced', true, { completeness: 'partial' })),
  strongAdmin('yes all', 'contradicts', share('mfa.admin_phishing_resistant_percent', 4, 5)),
  strongAdmin('yes all', 'supports', share('mfa.admin_phishing_resistant_percent', 5, 5)),
  // Keys that are registered and not demanded leave the password as a way in.
  strongAdmin('yes all', 'weakens', fact('mfa.admin_phishing_resistant_policy', false)),
  strongAdmin('yes all', 'supports', fact('mfa.admin_phishing_resistant_policy', true)),
  strongAdmin(
    'yes all',
    'not-comparable',
    fact('mfa.admin_phishing_resistant_policy', true, { completeness: 'partial' }),
  ),
  legacy('yes', 'contradicts', fact('mfa.legacy_auth_signins_30d', 1)),
  legacy('yes', null, fact('mfa.legacy_auth_signins_30d', 0)),
  legacy('yes', 'contradicts', fact('mfa.legacy_auth_blocked', false)),
  legacy('yes', 'supports', fact('mfa.legacy_auth_blocked', true)),

  pamTool('yes', 'contradicts', fact('pam.tool_present', false)),
  pamTool('yes', 'supports', fact('pam.tool_present', true)),
  pamTool('yes', 'weakens', fact('pam.service_accounts_with_admin_count', 6)),
  pamTool('yes', null, fact('pam.service_accounts_with_admin_count', 5)),
  localAdmin('no-local-admins yes', 'contradicts', share('pam.users_with_local_admin_percent', 1, 100)),
  localAdmin('no-local-admins', 'supports', share('pam.users_with_local_admin_percent', 0, 100)),
  localAdmin('unique-passwords yes', 'contradicts', share('pam.laps_coverage_percent', 99, 100)),
  localAdmin('unique-passwords', 'supports', share('pam.laps_coverage_percent', 100, 100)),
  localAdmin('yes', null, share('pam.users_with_local_admin_percent', 0, 100)),
  localAdmin(
    'yes',
    'supports',
    share('pam.users_with_local_admin_percent', 0, 100),
    share('pam.laps_coverage_percent', 100, 100),
  ),
  lifecycle('yes', 'contradicts', fact('identity.leavers_still_enabled_count', 1)),
  lifecycle('yes', 'supports', fact('identity.leavers_still_enabled_count', 0)),
  lifecycle('yes', 'weakens', fact('identity.dormant_enabled_accounts_over_45d', 1)),

  ...['none', 'permerror', 'multiple'].map((result) =>
    spf('yes', 'contradicts', fact('email.spf_result', result, outside)),
  ),
  ...['neutral', 'pass-all'].map((result) =>
    spf('yes', 'weakens', fact('email.spf_result', result, outside)),
  ),
  spf('yes', 'supports', fact('email.spf_result', 'softfail', outside)),
  spf('yes', 'supports', fact('email.spf_result', 'fail', outside)),
  dkim('yes', 'weakens', fact('email.dkim_selectors_found', 0, outside)),
  dkim('yes', 'supports', fact('email.dkim_selectors_found', 2, outside)),
  dkim('yes', 'contradicts', fact('email.dkim_unresolved_selectors', 1, outside)),
  sandbox('yes', 'contradicts', fact('email.attachment_sandbox_enabled', false)),
  sandbox('yes', 'supports', fact('email.attachment_sandbox_enabled', true)),
  tagging('yes', 'contradicts', fact('email.external_tagging_enabled', false)),
  tagging('yes', 'supports', fact('email.external_tagging_enabled', true)),

  macros('yes', 'contradicts', fact('endpoint.macro_block_enforced', false)),
  macros('yes', 'supports', fact('endpoint.macro_block_enforced', true)),
  blocking('yes all', 'contradicts', share('endpoint.edr_block_mode_percent', 99, 100)),
  blocking('yes all', 'supports', share('endpoint.edr_block_mode_percent', 100, 100)),
  blocking('yes all', 'weakens', share('endpoint.edr_tamper_protection_percent', 99, 100)),
  blocking('yes all', 'weakens', fact('endpoint.edr_server_exclusion_count', 1)),
  baseline('yes all', 'weakens', share('endpoint.baseline_compliance_percent', 89, 100)),
  baseline('yes all', 'supports', share('endpoint.baseline_compliance_percent', 90, 100)),

  internalScan('monthly', 'contradicts', fact('vuln.internal_scan_age_days', 45, inside)),
  internalScan('monthly', 'supports', fact('vuln.internal_scan_age_days', 44, inside)),
  internalScan('quarterly yes', 'contradicts', fact('vuln.internal_scan_age_days', 100, inside)),
  internalScan('quarterly yes', 'supports', fact('vuln.internal_scan_age_days', 99, inside)),
  internalScan('yearly', 'contradicts', fact('vuln.internal_scan_age_days', 365, inside)),
  internalScan('yearly', 'supports', fact('vuln.internal_scan_age_days', 300, inside)),
  internalScan('quarterly', 'not-comparable', fact('vuln.internal_scan_age_days', 3, outside)),
  exploited('none-open', 'contradicts', fact('vuln.kev_open_count', 1, outside)),
  exploited('none-open', 'supports', fact('vuln.kev_open_count', 0, inside)),
  exploited('none-open', 'not-comparable', fact('vuln.kev_open_count', 0, outside)),
  exploited('yes', null, fact('vuln.kev_open_count', 1, inside)),
  exploited('none-open yes', 'contradicts', fact('vuln.kev_open_past_due_count', 1, inside)),
  exploited('yes', 'supports', fact('vuln.kev_open_past_due_count', 0, inside)),
  penTest('within-12-months yes', 'contradicts', fact('pentest.last_date', dayText(366))),
  penTest('within-12-months yes', 'supports', fact('pentest.last_date', dayText(365))),
  penTest('older', 'contradicts', fact('pentest.last_date', 'never')),
  penTest('older', 'supports', fact('pentest.last_date', dayText(500))),
  penTest('within-12-months older yes', 'weakens', fact('pentest.open_critical_count', 1)),

  backupAccounts('unique-credentials yes', 'contradicts', fact('backup.separate_credentials', false)),
  backupAccounts('unique-credentials', 'supports', fact('backup.separate_credentials', true)),
  backupAccounts('not-domain-joined yes', 'contradicts', fact('backup.server_domain_joined', true)),
  backupAccounts('not-domain-joined', 'supports', fact('backup.server_domain_joined', false)),
  backupAccounts('yes', null, fact('backup.separate_credentials', true)),
  backupAccounts(
    'yes',
    'supports',
    fact('backup.separate_credentials', true),
    fact('backup.server_domain_joined', false),
  ),
  backupEncryption('yes', 'contradicts', fact('backup.encrypted', false)),
  backupEncryption('yes', 'supports', fact('backup.encrypted', true)),
  saas('yes all', 'contradicts', fact('backup.saas_covered', false)),
  saas('yes all', 'supports', fact('backup.saas_covered', true)),

  edge('yes', 'contradicts', fact('exposure.vpn_eol', true, outside)),
  edge('yes', 'supports', fact('exposure.vpn_eol', false, outside)),
  edge('yes', 'contradicts', fact('vuln.kev_open_count', 1, outside)),
  edge('yes', 'not-comparable', fact('vuln.kev_open_count', 1, inside)),
  remoteTools('yes', 'contradicts', fact('remote_tools.unapproved_count', 1, inside)),
  remoteTools('yes', 'supports', fact('remote_tools.unapproved_count', 0, inside)),
  segments('yes', 'contradicts', fact('network.flat', true, inside)),
  segments('yes', 'weakens', fact('network.segmented_server_vlan', false, inside)),
  segments('yes', 'supports', fact('network.segmented_server_vlan', true, inside)),
  dnsFilter('yes all', 'weakens', share('network.dns_filtering_percent', 94, 100)),
  dnsFilter('yes all', 'supports', share('network.dns_filtering_percent', 95, 100)),

  transit('yes all', 'weakens', fact('exposure.tls_expired_cert_count', 1, outside)),
  transit('yes all', 'weakens', fact('crypto.min_tls_version', 'TLS 1.0', outside)),
  transit('yes all', null, fact('crypto.min_tls_version', 'TLS 1.2', outside)),
  serverEncryption('yes all', 'weakens', share('crypto.server_encrypted_percent', 7, 8)),
  serverEncryption('yes all', null, share('crypto.server_encrypted_percent', 8, 8)),

  logs('at-least-90-days yes', 'contradicts', fact('log.central_retention_days', 89)),
  logs('at-least-90-days yes', 'supports', fact('log.central_retention_days', 90)),
  logs('at-least-30-days', 'contradicts', fact('log.central_retention_days', 29)),
  logs('at-least-30-days', 'supports', fact('log.central_retention_days', 30)),
  logs('at-least-90-days shorter yes', 'weakens', share('log.sources_covered_percent', 3, 4)),
  soc('around-the-clock', 'contradicts', fact('soc.coverage', 'business', stated)),
  soc('around-the-clock business-hours yes', 'contradicts', fact('soc.coverage', 'none', stated)),
  soc('around-the-clock business-hours yes', 'supports', fact('soc.coverage', '24x7', stated)),

  exercise('within-12-months yes', 'contradicts', fact('ir.tabletop_date', dayText(366), stated)),
  exercise('within-12-months yes', 'supports', fact('ir.tabletop_date', dayText(365), stated)),
  exercise('older', 'contradicts', fact('ir.tabletop_date', 'never', stated)),
  exercise('older', 'supports', fact('ir.tabletop_date', dayText(500), stated)),
  continuity('tested-within-12-months yes', 'contradicts', fact('bcp.test_date', dayText(366), stated)),
  continuity('tested-within-12-months yes', 'supports', fact('bcp.test_date', dayText(365), stated)),
  notification('yes', 'weakens', fact('ir.insurer_hotline_in_plan', false, stated)),
  notification('yes', 'weakens', fact('ir.non_panel_first_call', true, stated)),

  simulations('quarterly', 'contradicts', fact('phish.campaigns_12m', 3)),
  simulations('quarterly', 'supports', fact('phish.campaigns_12m', 4)),
  simulations('twice-a-year', 'contradicts', fact('phish.campaigns_12m', 1)),
  simulations('twice-a-year', 'supports', fact('phish.campaigns_12m', 2)),
  simulations('yearly yes', 'contradicts', fact('phish.campaigns_12m', 0)),
  simulations('yearly yes', 'supports', fact('phish.campaigns_12m', 1)),
  simulations('quarterly', null, share('phish.prone_percent', 30, 100)),

  dual('from-25k', 'contradicts', fact('payment.dual_auth_threshold', 2_500_001, stated)),
  dual('from-25k', 'supports', fact('payment.dual_auth_threshold', 2_500_000, stated)),
  dual('from-10k', 'contradicts', fact('payment.dual_auth_threshold', 1_000_001, stated)),
  dual('from-10k', 'supports', fact('payment.dual_auth_threshold', 1_000_000, stated)),
  dual('yes from-10k from-25k', 'contradicts', fact('payment.single_approver_account_count', 1, stated)),
  dual('yes', 'supports', fact('payment.single_approver_account_count', 0, stated)),
  payees('yes', 'weakens', fact('vendor.bank_checks_90d', 0, stated)),
  payees('yes', 'supports', fact('vendor.bank_checks_90d', 3, stated)),

  vendors('yes all', 'contradicts', share('vendor.reviewed_12m_percent', 4, 5)),
  vendors('yes all', 'supports', share('vendor.reviewed_12m_percent', 5, 5)),
  vendorAccess('yes', 'contradicts', fact('vendor.ended_accounts_enabled_count', 1)),
  vendorAccess('yes', 'supports', fact('vendor.ended_accounts_enabled_count', 0)),

  inventory('within-12-months yes', 'contradicts', fact('asset.inventory_date', dayText(366))),
  inventory('within-12-months yes', 'supports', fact('asset.inventory_date', dayText(365))),
  owner('yes', 'weakens', fact('security.owner_account_enabled', false)),
  incidents('no-incidents', 'contradicts', fact('incident.in_lookback_count', 1, stated)),
  incidents('no-incidents', 'supports', fact('incident.in_lookback_count', 0, stated)),
  incidents('incidents', null, fact('incident.in_lookback_count', 1, stated)),
  assessment('within-12-months yes', 'contradicts', fact('assessment.last_date', dayText(366), stated)),
  assessment('within-12-months yes', 'supports', fact('assessment.last_date', dayText(365), stated)),
  assessment('older', 'contradicts', fact('assessment.last_date', 'never', stated)),
  assessment('older', 'supports', fact('assessment.last_date', dayText(500), stated)),
].flat()
