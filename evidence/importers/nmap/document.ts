/** The elements of an Nmap run as hosts with their open ports. */
import { ImportError } from '../importer.ts'
import type { ElementListener } from '../xml-elements.ts'

export interface NmapPort {
  protocol: string
  port: string
  state: string
  service: Readonly<Record<string, string>> | null
  scripts: NmapScript[]
}

export interface NmapScript {
  id: string
  output: string
}

export interface NmapHost {
  /** null: the scanner lists only hosts that answered, as masscan does. */
  state: string | null
  end: string
  isTimedOut: boolean
  addresses: { address: string; type: string }[]
  names: string[]
  system: string | null
  scripts: NmapScript[]
}

export interface NmapListener {
  run(attributes: Readonly<Record<string, string>>): void
  scanned(protocol: string, services: string): void
  port(host: NmapHost, port: NmapPort): void
  hostEnd(host: NmapHost): void
  finished(attributes: Readonly<Record<string, string>>): void
  totals(attributes: Readonly<Record<string, string>>): void
}

const ROOT = 'nmaprun'
const HOST = `${ROOT}/host`
const PORT = `${HOST}/ports/port`
// A port has some dozen scripts at most, a host as well.
const MAXIMUM_SCRIPTS = 200
const SCRIPT_CHARACTERS = 100_000

export function createNmapListener(listener: NmapListener): ElementListener {
  let host: NmapHost | null = null
  let port: NmapPort | null = null

  const addScript = (scripts: NmapScript[], { id = '', output = '' }: Readonly<Record<string, string>>) => {
    if (scripts.length < MAXIMUM_SCRIPTS)
      scripts.push({ id: id.slice(0, 200), output: output.slice(0, SCRIPT_CHARACTERS) })
  }
  const openInHost = (inside: NmapHost, path: string, attributes: Readonly<Record<string, string>>) => {
    switch (path) {
      case `${HOST}/status`:
        inside.state = attributes.state?.toLowerCase() ?? ''
        break
      case `${HOST}/address`:
        if (inside.addresses.length < 20)
          inside.addresses.push({ address: attributes.addr ?? '', type: attributes.addrtype ?? 'ipv4' })
        break
      case `${HOST}/hostnames/hostname`:
        // The name that the user typed, then the one that the address resolves to.
        if (attributes.name && inside.names.length < 20) inside.names.push(attributes.name)
        break
      case `${HOST}/os/osmatch`:
        // The best guess comes first.
        inside.system ??= attributes.name ?? null
        break
      case `${HOST}/hostscript/script`:
        addScript(inside.scripts, attributes)
        break
      case PORT:
        port = {
          protocol: attributes.protocol ?? '',
          port: attributes.portid ?? '',
          state: '',
          service: null,
          scripts: [],
        }
        break
      case `${PORT}/state`:
        if (port) port.state = attributes.state?.toLowerCase() ?? ''
        break
      case `${PORT}/service`:
        if (port) port.service = attributes
        break
      case `${PORT}/script`:
        if (port) addScript(port.scripts, attributes)
    }
  }

  return {
    open(path, attributes) {
      if (path === HOST) {
        host = {
          state: null,
          end: attributes.endtime ?? '',
          isTimedOut: attributes.timedout === 'true',
          addresses: [],
          names: [],
          system: null,
          scripts: [],
        }
      } else if (host) openInHost(host, path, attributes)
      else if (path === ROOT) listener.run(attributes)
      else if (path === `${ROOT}/scaninfo`)
        listener.scanned(attributes.protocol?.toLowerCase() ?? '', attributes.services ?? '')
      else if (path === `${ROOT}/runstats/finished`) listener.finished(attributes)
      else if (path === `${ROOT}/runstats/hosts`) listener.totals(attributes)
      else if (!path.includes('/')) throw new ImportError('unrecognised', 'The file is no Nmap run.')
      return undefined
    },
    close(path) {
      if (!host) return
      if (path === PORT) {
        if (port) listener.port(host, port)
        port = null
      } else if (path === HOST) {
        listener.hostEnd(host)
        host = null
      }
    },
  }
}
