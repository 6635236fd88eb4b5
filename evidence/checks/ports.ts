/** The ports that insurers ask about, and what an open one says. */

export interface WatchedPort {
  port: number
  label: string
  /** Which fact counts it; `unclear` may be an administration page or something that belongs there. */
  exposure: 'rdp' | 'smb' | 'telnet' | 'admin' | 'unclear' | 'plain'
  /** Speaks TLS from the first byte. */
  tls: boolean
  /** What it means that it answers, for whoever reads the page. */
  means: string
}

// SNMP (161) is missing: it is spoken over UDP, where silence tells nothing and a probe is more than a connection.
export const WATCHED_PORTS: readonly WatchedPort[] = [
  port(
    3389,
    'Remote Desktop',
    'rdp',
    'The most frequent way in for ransomware. Insurers want it closed, or behind a gateway with MFA.',
  ),
  port(445, 'File sharing (SMB)', 'smb', 'Never needed from the internet. Insurers want it closed.'),
  port(23, 'Telnet', 'telnet', 'Sends passwords in the clear. Insurers want it switched off.'),
  port(
    22,
    'SSH',
    'admin',
    'Administration from anywhere. Insurers want it behind a VPN, or with keys and MFA only.',
  ),
  port(5900, 'VNC', 'admin', 'A screen offered to the internet, often without MFA. Insurers want it closed.'),
  port(
    5985,
    'Windows administration (WinRM)',
    'admin',
    'Administration from anywhere, unencrypted. Insurers want it closed.',
  ),
  port(
    5986,
    'Windows administration (WinRM, TLS)',
    'admin',
    'Administration from anywhere. Insurers want it closed.',
    true,
  ),
  port(21, 'FTP', 'plain', 'Sends passwords and files in the clear. Use SFTP or HTTPS.'),
  port(1433, 'SQL Server', 'plain', 'A database offered to the internet. Insurers want it closed.'),
  port(3306, 'MySQL', 'plain', 'A database offered to the internet. Insurers want it closed.'),
  port(5432, 'PostgreSQL', 'plain', 'A database offered to the internet. Insurers want it closed.'),
  port(
    8443,
    'Web on 8443',
    'unclear',
    'Often the administration page of a firewall or a controller. Look which it is.',
    true,
  ),
  port(
    10443,
    'Web on 10443',
    'unclear',
    'Often a VPN portal or a firewall’s page. Look which it is, and that MFA is demanded.',
    true,
  ),
  port(
    443,
    'Web (HTTPS)',
    'plain',
    'Expected. Its certificate and its oldest TLS version are looked at.',
    true,
  ),
  port(80, 'Web (HTTP)', 'plain', 'Expected where it only leads on to HTTPS.'),
  port(25, 'Mail (SMTP)', 'plain', 'Expected on a mail server, and nowhere else.'),
]

function port(
  number: number,
  label: string,
  exposure: WatchedPort['exposure'],
  means: string,
  tls = false,
): WatchedPort {
  return { port: number, label, exposure, tls, means }
}
