/** What an Nmap command line looked at, from the arguments that Nmap writes into its file. */

// Options whose value is the next word. Others carry their value in the same word or have none.
const WITH_VALUE =
  /^(-o[NXGSAM]|-p|-iR|-e|-S|-D|-g|-b|-sI|--(script|script-args|script-args-file|script-timeout|script-help|top-ports|port-ratio|exclude-ports|max-[a-z-]{1,30}|min-[a-z-]{1,30}|host-timeout|initial-rtt-timeout|scan-delay|stats-every|dns-servers|source-port|spoof-mac|data|data-string|data-length|ip-options|ttl|mtu|proxies|stylesheet|datadir|servicedb|versiondb|version-intensity|resume|scanflags|rate|adapter-ip|wait|retries))$/

export interface NmapTargets {
  /** Hosts, networks and lists of them as written, without options. */
  targets: string[]
  /** Left out by order. */
  excluded: string[]
}

export function readTargets(commandLine: string): NmapTargets {
  // Beyond this, lists of addresses are cut anyway.
  const words = commandLine.slice(0, 20_000).trim().split(/\s+/).slice(1)
  const targets: string[] = []
  const excluded: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const next = words[at + 1] ?? ''
    const exclude = /^--exclude(file)?(?:=(.*))?$/.exec(word)
    if (exclude) {
      excluded.push(exclude[2] ?? next)
      if (exclude[2] === undefined) at += 1
    } else if (word === '-iL') {
      targets.push(`the targets of ${next.split(/[\\/]/).at(-1)}`)
      at += 1
    } else if (word.startsWith('-')) {
      // `-T 4` and `-d 2` are rare beside `-T4` and `-d2`: only a number is taken for their value.
      if (/^-[Tdv]$/.test(word) ? /^\d$/.test(next) : WITH_VALUE.test(word)) at += 1
    } else targets.push(word)
  }
  return { targets, excluded }
}
