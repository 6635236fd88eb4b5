/** One DNS message out, one in: writes questions and reads answers without trusting them. */
import { randomInt } from 'node:crypto'
import * as dnsPacket from 'dns-packet'
import type { DnsRecord } from './observation.ts'

export type RecordType = 'A' | 'AAAA' | 'MX' | 'TXT' | 'PTR' | 'SOA' | 'DS'

export interface Question {
  name: string
  type: RecordType
  /** The DO bit: send signatures along. */
  dnssec: boolean
  /** The CD bit: do not validate. */
  unchecked: boolean
}

/** What a UDP answer may have without being cut on its way (DNS flag day 2020). */
const UDP_PAYLOAD = 1232
const MAX_RECORDS = 200
/** Characters of one answer; long policies have a few thousand. */
export const MAX_ANSWER_TEXT = 16_384

/** null for a name that DNS cannot hold. */
export function writeQuestion(question: Question): { id: number; bytes: Buffer } | null {
  const labels = question.name.split('.')
  const isWritable = labels.every((label) => label !== '' && Buffer.byteLength(label) <= 63)
  if (!isWritable || Buffer.byteLength(question.name) > 253) return null
  const id = randomInt(1, 65_536)
  const bytes = dnsPacket.encode({
    type: 'query',
    id,
    flags:
      dnsPacket.RECURSION_DESIRED |
      (question.dnssec ? dnsPacket.AUTHENTIC_DATA : 0) |
      (question.unchecked ? dnsPacket.CHECKING_DISABLED : 0),
    questions: [{ type: question.type, name: question.name }],
    additionals: [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: UDP_PAYLOAD,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: question.dnssec ? dnsPacket.DNSSEC_OK : 0,
        flag_do: question.dnssec,
        options: [],
      },
    ],
  })
  return { id, bytes }
}

export interface Answer {
  rcode: string
  truncated: boolean
  authenticated: boolean
  answers: DnsRecord[]
  authorities: DnsRecord[]
}

/** `foreign`: a message with another number or question, which answers nothing of ours. */
export type Reading = { ok: true; answer: Answer } | { ok: false; why: 'foreign' | 'malformed' | 'oversize' }

export function readAnswer(bytes: Buffer, id: number, question: Question): Reading {
  if (bytes.length < 12) return { ok: false, why: 'malformed' }
  if (bytes.readUInt16BE(0) !== id) return { ok: false, why: 'foreign' }
  try {
    const packet = dnsPacket.decode(bytes) as dnsPacket.DecodedPacket & { rcode: string }
    const [asked] = packet.questions ?? []
    if (!packet.flag_qr) return { ok: false, why: 'foreign' }
    if (asked && (fold(asked.name) !== fold(question.name) || asked.type !== question.type))
      return { ok: false, why: 'foreign' }
    const answers = (packet.answers ?? []).slice(0, MAX_RECORDS).map(readRecord)
    const authorities = (packet.authorities ?? []).slice(0, MAX_RECORDS).map(readRecord)
    const size = answers.reduce((sum, { data }) => sum + data.length, 0)
    if (size > MAX_ANSWER_TEXT) return { ok: false, why: 'oversize' }
    const { rcode, flag_tc, flag_ad } = packet
    return { ok: true, answer: { rcode, truncated: flag_tc, authenticated: flag_ad, answers, authorities } }
  } catch {
    return { ok: false, why: 'malformed' }
  }
}

export const fold = (name: string) => name.toLowerCase().replace(/\.$/, '')

/** Printable ASCII as it stands, everything else as `\DDD`: nothing a server sends can steer a page or a terminal. */
function writeBytes(bytes: Buffer): string {
  let text = ''
  for (const byte of bytes) {
    if (byte === 0x5c) text += '\\\\'
    else if (byte >= 0x20 && byte <= 0x7e) text += String.fromCharCode(byte)
    else text += `\\${String(byte).padStart(3, '0')}`
  }
  return text
}

const printable = (text: string) => writeBytes(Buffer.from(text))

function readRecord(record: dnsPacket.Answer): DnsRecord {
  const base = {
    name: printable(record.name),
    type: String(record.type),
    ttl: ('ttl' in record && record.ttl) || 0,
  }
  switch (record.type) {
    case 'TXT': {
      const strings = [record.data].flat().map((part) => writeBytes(Buffer.from(part)))
      return { ...base, data: strings.map((part) => `"${part}"`).join(' '), strings }
    }
    case 'MX':
      return { ...base, data: `${record.data.preference ?? 0} ${printable(record.data.exchange)}` }
    case 'SOA':
      return {
        ...base,
        data: `${printable(record.data.mname)} ${printable(record.data.rname)} ${record.data.serial ?? 0}`,
      }
    case 'DS': {
      const { keyTag, algorithm, digestType, digest } = record.data
      return { ...base, data: `${keyTag} ${algorithm} ${digestType} ${digest.toString('hex')}` }
    }
    case 'RRSIG': {
      const { typeCovered, algorithm, keyTag, signersName } = record.data
      return { ...base, data: `${typeCovered} ${algorithm} ${keyTag} ${printable(signersName)}` }
    }
    case 'A':
    case 'AAAA':
    case 'CNAME':
    case 'DNAME':
    case 'NS':
    case 'PTR':
      return { ...base, data: printable(record.data) }
    default:
      // Nothing is read out of it; that it came is enough.
      return { ...base, data: '' }
  }
}
