/** How anybody repeats an observation with tools of their own. */
import type { Observation } from './observation.ts'

/** Names in answers are a stranger's: nothing in them may reach a shell as anything but a word. */
function quote(word: string): string {
  const plain = word.replace(/\p{Cc}/gu, '?')
  return /^[\w./:@%+=,-]+$/.test(plain) && !plain.startsWith('-')
    ? plain
    : `'${plain.replaceAll("'", `'\\''`)}'`
}

const bracketed = (address: string) => (address.includes(':') ? `[${address}]` : address)

/** The resolver is left out where it is a local one, which means something else on every machine. */
function serverWords(server: string): string {
  const [, address = '', port = '53'] = /^\[?(.*?)\]?:(\d+)$/.exec(server) ?? []
  if (address === '' || /^(127\.|::1$|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|fe80)/.test(address))
    return ''
  return ` @${address}${port === '53' ? '' : ` -p ${port}`}`
}

/** null for what was not done. */
export function commandFor(seen: Observation): string | null {
  switch (seen.kind) {
    case 'dns': {
      const flags = [
        seen.dnssec ? '+dnssec' : '',
        seen.unchecked ? '+cdflag' : '',
        seen.transport === 'tcp' ? '+tcp' : '',
      ]
      return (
        ['dig', quote(seen.name), seen.type, ...flags.filter(Boolean)].join(' ') + serverWords(seen.server)
      )
    }
    case 'http':
      return `curl --max-redirs 0 -sSi ${quote(seen.url)}`
    case 'port':
      return `nc -vz -w 3 ${quote(seen.address)} ${seen.port}`
    case 'tls': {
      const name = seen.serverName ? ` -servername ${quote(seen.serverName)}` : ' -noservername'
      return `openssl s_client -connect ${quote(`${bracketed(seen.address)}:${seen.port}`)}${name} -showcerts </dev/null`
    }
    case 'refused':
      return null
  }
}

const OPENSSL_FLAGS: Record<string, string> = {
  'TLS 1.0': '-tls1',
  'TLS 1.1': '-tls1_1',
  'TLS 1.2': '-tls1_2',
  'TLS 1.3': '-tls1_3',
}

/** One version alone; old ones need the security level that distributions switch off. */
export function versionCommand(seen: Extract<Observation, { kind: 'tls' }>, version: string): string {
  const old = version === 'TLS 1.0' || version === 'TLS 1.1' ? " -cipher 'DEFAULT@SECLEVEL=0'" : ''
  return `${commandFor(seen)?.replace(' -showcerts </dev/null', '')} ${OPENSSL_FLAGS[version] ?? ''}${old} </dev/null`
}
