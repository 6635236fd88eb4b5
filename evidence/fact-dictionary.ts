/** The fact dictionary of domain/controls.md §0.3: what each key counts, in our own words. Keys never change meaning. */

/**
 * How to read a fact's value.
 * - `percent`: 0–100, always with numerator and denominator
 * - `count`: a number that stays what it was when observed
 * - `age-days`: whole days at the moment of observation; it grows by one for every day since `observedAt`
 * - `age-hours`: the same in hours
 * - `date`: YYYY-MM-DD, or the word `never`
 * - `choice`: one of the entry's `values`, in small letters
 * - `money`: minor units
 */
export type FactKind =
  | 'percent'
  | 'count'
  | 'age-days'
  | 'age-hours'
  | 'date'
  | 'flag'
  | 'choice'
  | 'text'
  | 'money'

export interface FactEntry {
  kind: FactKind
  label: string
  /** Of a `choice`. */
  values?: readonly string[]
}

export const FACT_DICTIONARY = {
  'mfa.user_registered_percent': { kind: 'percent', label: 'Users registered for MFA' },
  'mfa.user_enforced_percent': { kind: 'percent', label: 'Users from whom MFA is demanded' },
  'mfa.admin_coverage_percent': { kind: 'percent', label: 'Administrators from whom MFA is demanded' },
  'mfa.admin_without_mfa_count': { kind: 'count', label: 'Administrators without MFA' },
  'mfa.excluded_account_count': { kind: 'count', label: 'Accounts excluded from MFA policies' },
  'mfa.admin_phishing_resistant_percent': {
    kind: 'percent',
    label: 'Administrators with phishing-resistant MFA',
  },
  'mfa.ca_policies_report_only_count': { kind: 'count', label: 'Access policies that only report' },
  // A policy fact: no share of users follows from it without the directory.
  'mfa.all_users_policy': { kind: 'flag', label: 'A policy in force demands MFA of all users' },
  'mfa.admin_phishing_resistant_policy': {
    kind: 'flag',
    label: 'A policy in force demands phishing-resistant MFA of administrators',
  },
  'mfa.app_enforced': { kind: 'flag', label: 'MFA demanded by the application' },
  'mfa.legacy_auth_blocked': { kind: 'flag', label: 'Sign-in protocols without MFA blocked' },
  'mfa.legacy_auth_signins_30d': { kind: 'count', label: 'Sign-ins by protocols without MFA in 30 days' },
  'mfa.single_factor_signins_30d': { kind: 'count', label: 'Sign-ins with a single factor in 30 days' },
  'mfa.vpn_required': { kind: 'flag', label: 'MFA demanded by the VPN' },
  'mfa.rdp_gateway_required': { kind: 'flag', label: 'MFA demanded by the Remote Desktop gateway' },
  'mfa.backup_console_required': { kind: 'flag', label: 'MFA demanded by the backup console' },
  'mfa.network_admin_required': { kind: 'flag', label: 'MFA demanded for network administration' },
  'mfa.endpoint_admin_required': {
    kind: 'flag',
    label: 'MFA demanded for server and endpoint administration',
  },
  'mfa.rmm_required': { kind: 'flag', label: 'MFA demanded by the remote management tool' },

  'pam.domain_admin_count': { kind: 'count', label: 'Domain administrators' },
  'pam.global_admin_count': { kind: 'count', label: 'Global administrators' },
  'pam.admins_with_mailbox_count': { kind: 'count', label: 'Administrator accounts with a mailbox' },
  'pam.shared_admin_account_count': { kind: 'count', label: 'Shared administrator accounts' },
  'pam.service_accounts_with_admin_count': {
    kind: 'count',
    label: 'Service accounts with administrator rights',
  },
  'pam.users_with_local_admin_percent': { kind: 'percent', label: 'Users with local administrator rights' },
  'pam.laps_coverage_percent': {
    kind: 'percent',
    label: 'Devices with managed local administrator passwords',
  },
  'pam.tool_present': { kind: 'flag', label: 'Privileged access tool in use' },
  'identity.dormant_enabled_accounts_over_45d': {
    kind: 'count',
    label: 'Enabled accounts unused for more than 45 days',
  },
  'identity.leavers_still_enabled_count': { kind: 'count', label: 'Accounts of leavers still enabled' },

  'email.spf_result': {
    kind: 'choice',
    label: 'SPF result',
    // `pass-all` is a record that ends in +all.
    values: ['none', 'pass-all', 'neutral', 'softfail', 'fail', 'permerror', 'multiple'],
  },
  'email.dkim_selectors_found': { kind: 'count', label: 'DKIM selectors found' },
  'email.dkim_unresolved_selectors': { kind: 'count', label: 'DKIM selectors named that do not resolve' },
  'email.dmarc_policy': {
    kind: 'choice',
    label: 'DMARC policy',
    values: ['absent', 'none', 'quarantine', 'reject', 'invalid'],
  },
  'email.dmarc_subdomain_policy': {
    kind: 'choice',
    label: 'DMARC policy of subdomains',
    values: ['absent', 'none', 'quarantine', 'reject', 'invalid'],
  },
  // The record's own figure, not a share that somebody counted.
  'email.dmarc_pct': { kind: 'count', label: 'Share of mail that the DMARC policy applies to, in percent' },
  'email.dmarc_rua_present': { kind: 'flag', label: 'DMARC reports are received' },
  'email.mta_sts_mode': {
    kind: 'choice',
    label: 'MTA-STS mode',
    // `invalid`: a record or a policy is there, and senders must ignore it.
    values: ['absent', 'none', 'testing', 'enforce', 'invalid'],
  },
  'email.tls_rpt_present': {
    kind: 'flag',
    label: 'Failures of encrypted mail delivery are reported (TLS-RPT)',
  },
  'email.dnssec_signed': { kind: 'flag', label: 'DNS answers about the domain are signed (DNSSEC)' },
  'email.external_tagging_enabled': { kind: 'flag', label: 'External mail is marked' },
  'email.url_rewrite_enabled': { kind: 'flag', label: 'Links in mail are checked on click' },
  'email.attachment_sandbox_enabled': { kind: 'flag', label: 'Attachments are opened in a sandbox' },
  'email.gateway_product': { kind: 'text', label: 'Mail security product' },

  'endpoint.edr_coverage_percent': { kind: 'percent', label: 'Devices with EDR' },
  'endpoint.edr_server_coverage_percent': { kind: 'percent', label: 'Servers with EDR' },
  'endpoint.edr_unprotected_count': { kind: 'count', label: 'Devices without EDR' },
  'endpoint.edr_stale_agents_7d': { kind: 'count', label: 'EDR agents silent for more than seven days' },
  'endpoint.edr_block_mode_percent': { kind: 'percent', label: 'EDR agents that block' },
  'endpoint.edr_tamper_protection_percent': {
    kind: 'percent',
    label: 'EDR agents protected against tampering',
  },
  'endpoint.edr_server_exclusion_count': {
    kind: 'count',
    label: 'Folders and processes on servers excluded from EDR',
  },
  'endpoint.protection_kind': {
    kind: 'choice',
    label: 'Kind of endpoint protection',
    values: ['edr', 'xdr', 'antivirus', 'none'],
  },
  'endpoint.mdr_24x7': { kind: 'flag', label: 'Alerts handled around the clock by a provider' },
  'endpoint.macro_block_enforced': { kind: 'flag', label: 'Office macros from the internet blocked' },
  'endpoint.baseline_compliance_percent': {
    kind: 'percent',
    label: 'Devices that meet the configuration baseline',
  },

  'vuln.external_scan_age_days': { kind: 'age-days', label: 'Age of the last scan from the internet' },
  'vuln.internal_scan_age_days': { kind: 'age-days', label: 'Age of the last scan from inside' },
  'vuln.critical_open_older_than_30d': {
    kind: 'count',
    label: 'Critical weaknesses open for more than 30 days',
  },
  'vuln.high_open_older_than_30d': { kind: 'count', label: 'High weaknesses open for more than 30 days' },
  'vuln.critical_external_open_count': { kind: 'count', label: 'Critical weaknesses open to the internet' },
  'vuln.kev_open_count': { kind: 'count', label: 'Open weaknesses known to be exploited' },
  'vuln.kev_open_past_due_count': { kind: 'count', label: 'Exploited weaknesses open past their due date' },
  'vuln.max_unpatched_age_days': { kind: 'age-days', label: 'Age of the oldest fix not installed' },
  'vuln.eol_os_count': { kind: 'count', label: 'Systems with an unsupported operating system' },
  'vuln.eol_internet_facing_count': {
    kind: 'count',
    label: 'Unsupported systems reachable from the internet',
  },

  'patch.critical_within_30d_percent': { kind: 'percent', label: 'Critical fixes installed within 30 days' },
  'patch.critical_within_14d_percent': { kind: 'percent', label: 'Critical fixes installed within 14 days' },
  'patch.median_days_critical': { kind: 'count', label: 'Median days to install critical fixes' },
  'patch.third_party_in_scope': { kind: 'flag', label: 'Patching covers third-party applications' },
  'pentest.last_date': { kind: 'date', label: 'Last penetration test' },
  'pentest.open_critical_count': { kind: 'count', label: 'Critical penetration test findings open' },

  'backup.last_success_age_hours': { kind: 'age-hours', label: 'Time since the last successful backup' },
  'backup.coverage_critical_percent': { kind: 'percent', label: 'Critical systems backed up' },
  'backup.job_success_percent_30d': { kind: 'percent', label: 'Backup runs that succeeded in 30 days' },
  'backup.immutable_copy': { kind: 'flag', label: 'Backup copy that cannot be changed' },
  'backup.offline_or_separate_network': {
    kind: 'flag',
    label: 'Backup copy offline or on a separate network',
  },
  'backup.encrypted': { kind: 'flag', label: 'Backups encrypted' },
  'backup.separate_credentials': { kind: 'flag', label: 'Backups use credentials of their own' },
  'backup.server_domain_joined': { kind: 'flag', label: 'Backup server joined to the domain' },
  'backup.saas_covered': { kind: 'flag', label: 'Cloud mail and files backed up' },
  'backup.is_sync_service': { kind: 'flag', label: 'The backup is only a file synchronisation' },
  'backup.last_restore_test_date': { kind: 'date', label: 'Last restore test' },
  'backup.last_restore_result': {
    kind: 'choice',
    label: 'Result of the last restore test',
    values: ['passed', 'partial', 'failed'],
  },
  'backup.last_restore_scope': {
    kind: 'choice',
    label: 'What the last restore test restored',
    values: ['full-system', 'partial', 'file-level'],
  },
  'backup.last_full_restore_hours': { kind: 'count', label: 'Hours that the last full restore took' },

  'exposure.rdp_open_count': { kind: 'count', label: 'Remote Desktop services that answer' },
  'exposure.smb_open_count': { kind: 'count', label: 'File sharing services (SMB) that answer' },
  'exposure.telnet_open_count': { kind: 'count', label: 'Telnet services that answer' },
  'exposure.admin_interface_open_count': { kind: 'count', label: 'Administration interfaces that answer' },
  'exposure.vpn_product': { kind: 'text', label: 'VPN product seen from the internet' },
  'exposure.vpn_eol': { kind: 'flag', label: 'VPN product no longer supported' },
  'exposure.tls_expired_cert_count': { kind: 'count', label: 'Services with an expired certificate' },
  'exposure.leaked_credential_count': { kind: 'count', label: 'Leaked credentials found' },

  'remote_tools.unapproved_count': { kind: 'count', label: 'Unapproved remote access tools' },
  'remote_tools.list': { kind: 'text', label: 'Remote access tools found' },
  'network.segmented_server_vlan': { kind: 'flag', label: 'Servers on a network of their own' },
  'network.flat': { kind: 'flag', label: 'One flat network' },
  'network.dns_filtering_percent': { kind: 'percent', label: 'Devices behind DNS filtering' },
  'crypto.endpoint_encrypted_percent': { kind: 'percent', label: 'Laptops and desktops encrypted' },
  'crypto.server_encrypted_percent': { kind: 'percent', label: 'Servers encrypted' },
  'crypto.min_tls_version': { kind: 'text', label: 'Oldest TLS version accepted' },

  'data.pii_record_count': { kind: 'count', label: 'People whose personal data is held' },
  'data.phi_record_count': { kind: 'count', label: 'People whose health data is held' },
  'data.pci_transactions_per_year': { kind: 'count', label: 'Card payments a year' },
  'data.biometric_collected': { kind: 'flag', label: 'Biometric data collected' },

  'log.central_retention_days': { kind: 'count', label: 'Days that central logs are kept' },
  'log.sources_covered_percent': { kind: 'percent', label: 'Log sources collected centrally' },
  'soc.coverage': {
    kind: 'choice',
    label: 'Hours that alerts are watched',
    values: ['none', 'business', '24x7'],
  },

  'ir.plan_review_date': { kind: 'date', label: 'Last review of the incident response plan' },
  'ir.tabletop_date': { kind: 'date', label: 'Last incident exercise' },
  'ir.insurer_hotline_in_plan': { kind: 'flag', label: "The plan names the insurer's hotline" },
  'ir.plan_departed_contact_count': { kind: 'count', label: 'People in the plan who have left' },
  'ir.non_panel_first_call': { kind: 'flag', label: 'The plan calls a firm first that is not approved' },
  'bcp.test_date': { kind: 'date', label: 'Last test of the continuity plan' },
  'bcp.rto_hours': { kind: 'count', label: 'Hours within which operations must be restored' },

  'training.completion_percent_12m': { kind: 'percent', label: 'People trained within 12 months' },
  'training.last_campaign_date': { kind: 'date', label: 'Last training campaign' },
  'phish.prone_percent': { kind: 'percent', label: 'People who fell for a simulated phish' },
  'phish.campaigns_12m': { kind: 'count', label: 'Phishing simulations in 12 months' },
  'phish.reported_percent': { kind: 'percent', label: 'Simulated phishes that were reported' },

  'payment.callback_threshold': { kind: 'money', label: 'Amount from which payments are verified by a call' },
  'payment.dual_auth_threshold': { kind: 'money', label: 'Amount from which two people approve' },
  'payment.callback_records_90d': { kind: 'count', label: 'Call-back records in 90 days' },
  'payment.payments_90d': { kind: 'count', label: 'Payments that needed a call-back in 90 days' },

  'payment.single_approver_account_count': {
    kind: 'count',
    label: 'Bank accounts from which one person alone can pay',
  },

  'vendor.bank_checks_90d': { kind: 'count', label: 'Checks of bank details completed in 90 days' },
  'vendor.ended_accounts_enabled_count': {
    kind: 'count',
    label: 'Enabled accounts of suppliers whose work ended',
  },
  'vendor.critical_count': { kind: 'count', label: 'Critical suppliers' },
  'vendor.reviewed_12m_percent': { kind: 'percent', label: 'Critical suppliers reviewed within 12 months' },
  'vendor.accounts_without_mfa_count': { kind: 'count', label: 'Supplier accounts without MFA' },
  'msp.technician_mfa_percent': { kind: 'percent', label: "Provider's technicians with MFA" },
  'msp.shared_accounts_count': { kind: 'count', label: 'Accounts that technicians share' },
  'asset.inventory_date': { kind: 'date', label: 'Date of the device inventory' },
  'asset.unmanaged_device_count': { kind: 'count', label: 'Devices nobody manages' },
  'asset.device_count': { kind: 'count', label: 'Devices seen' },
  'asset.user_count': { kind: 'count', label: 'Users' },

  'security.owner_account_enabled': { kind: 'flag', label: 'Account of the security owner enabled' },
  'incident.in_lookback_count': {
    kind: 'count',
    label: 'Incidents on record that the look-back question covers',
  },
  'assessment.last_date': { kind: 'date', label: 'Last risk assessment' },
} as const satisfies Record<string, FactEntry>

export type FactKey = keyof typeof FACT_DICTIONARY
