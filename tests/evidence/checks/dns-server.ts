/** A DNS resolver on loopback that says what a test tells it to, by UDP and TCP. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import * as dnsPacket from 'dns-packet'

export interface Script {
  answers?: dnsPacket.Answer[]
  authorities?: dnsPacket.Answer[]
  rcode?: 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED'
  /** The AD flag. */
  authenticated?: boolean
  /** By UDP only the TC flag is sent, so that the question comes again by TCP. */
  cut?: boolean
  /** Bytes instead of an answer; `id` stands in their first two places. */
  raw?: Buffer
  silent?: boolean
}

export interface Asked {
  name: string
  type: string
  transport: 'udp' | 'tcp'
  dnssec: boolean
  unchecked: boolean
}

type Zone = Record<string, Script | ((asked: Asked, times: number) => Script)>

/** A zone file in short: `{'example.test TXT': txt('v=spf1 -all')}`; names that are missing do not exist. */
export async function startDnsServer(zone: Zone) {
  const asked: Asked[] = []
  const reply = (message: Buffer, transport: 'udp' | 'tcp'): Buffer | null => {
    const query = dnsPacket.decode(message)
    const [question] = query.questions ?? []
    if (!question) return null
    const opt = query.additionals?.find((record) => record.type === 'OPT')
    const one: Asked = {
      name: question.name.toLowerCase(),
      type: question.type,
      transport,
      dnssec: opt?.type === 'OPT' && opt.flag_do,
      unchecked: query.flag_cd,
    }
    asked.push(one)
    const entry = zone[`${one.name} ${one.type}`]
    const times = asked.filter(({ name, type }) => name === one.name && type === one.type).length
    const script = typeof entry === 'function' ? entry(one, times) : entry
    // As in the real one, a name exists when something lies below it; the test's own domain always does.
    const exists =
      one.name === 'example.com' ||
      Object.keys(zone).some((key) => key.startsWith(`${one.name} `) || key.includes(`.${one.name} `))
    return write(query, script ?? (exists ? {} : { rcode: 'NXDOMAIN' }), transport)
  }
  const { udp, tcp } = await listenTwice(
    () => {
      const udp = createSocket('udp4')
      udp.on('message', (message, from) => {
        const bytes = reply(message, 'udp')
        if (bytes) udp.send(bytes, from.port, from.address)
      })
      return udp
    },
    () =>
      createServer((socket) => {
        socket.on('error', () => undefined)
        socket.once('data', (data) => {
          const bytes = reply(data.subarray(2), 'tcp')
          if (!bytes) return
          const length = Buffer.alloc(2)
          length.writeUInt16BE(bytes.length)
          // In two pieces, as networks do.
          socket.write(Buffer.concat([length, bytes.subarray(0, 5)]))
          setTimeout(() => socket.end(bytes.subarray(5)), 5)
        })
      }),
  )
  return {
    address: '127.0.0.1',
    port: (tcp.address() as AddressInfo).port,
    asked,
    zone,
    close: async () => {
      udp.close()
      tcp.close()
    },
  }
}

const TRIES = 20

/** Both on one port: the system gives a free one for UDP, which somebody else may have for TCP. */
async function listenTwice(
  makeUdp: () => Socket,
  makeTcp: () => Server,
): Promise<{ udp: Socket; tcp: Server }> {
  for (let attempt = 1; ; attempt += 1) {
    const udp = makeUdp()
    udp.bind(0, '127.0.0.1')
    await once(udp, 'listening')
    const tcp = makeTcp()
    tcp.listen(udp.address().port, '127.0.0.1')
    try {
      await once(tcp, 'listening')
      return { udp, tcp }
    } catch (error) {
      udp.close()
      if (attempt === TRIES) throw error
    }
  }
}

function write(query: dnsPacket.DecodedPacket, script: Script, transport: 'udp' | 'tcp'): Buffer | null {
  if (script.silent) return null
  if (script.raw) {
    const bytes = Buffer.from(script.raw)
    bytes.writeUInt16BE(query.id ?? 0, 0)
    return bytes
  }
  const isCut = script.cut === true && transport === 'udp'
  const codes = { NXDOMAIN: 3, SERVFAIL: 2, REFUSED: 5 }
  return dnsPacket.encode({
    type: 'response',
    id: query.id,
    flags:
      dnsPacket.RECURSION_DESIRED |
      dnsPacket.RECURSION_AVAILABLE |
      (script.authenticated ? dnsPacket.AUTHENTIC_DATA : 0) |
      (isCut ? dnsPacket.TRUNCATED_RESPONSE : 0) |
      (script.rcode ? codes[script.rcode] : 0),
    questions: query.questions,
    answers: isCut ? [] : (script.answers ?? []),
    authorities: script.authorities ?? [],
  })
}

const named = (name: string) => ({ name, ttl: 300 })

/** A character string holds 255 bytes. */
const inPieces = (text: string) => text.match(/.{1,255}/gs) ?? ['']

export const txt = (name: string, ...texts: (string | string[])[]): Script => ({
  answers: texts.map((data) => ({ ...named(name), type: 'TXT', data: [data].flat().flatMap(inPieces) })),
})
export const a = (name: string, ...addresses: string[]): Script => ({
  answers: addresses.map((data) => ({ ...named(name), type: 'A', data })),
})
export const aaaa = (name: string, ...addresses: string[]): Script => ({
  answers: addresses.map((data) => ({ ...named(name), type: 'AAAA', data })),
})
export const cname = (name: string, data: string): Script => ({
  answers: [{ ...named(name), type: 'CNAME', data }],
})
export const mx = (name: string, ...hosts: string[]): Script => ({
  answers: hosts.map((exchange) => ({ ...named(name), type: 'MX', data: { preference: 10, exchange } })),
})
export const soa = (name: string, more: Script = {}): Script => ({
  answers: [{ ...named(name), type: 'SOA', data: { mname: `ns.${name}`, rname: `host.${name}`, serial: 1 } }],
  ...more,
})
export const ds = (name: string, more: Script = {}): Script => ({
  answers: [
    {
      ...named(name),
      type: 'DS',
      data: { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32, 7) },
    },
  ],
  ...more,
})
