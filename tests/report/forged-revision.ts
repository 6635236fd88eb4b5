/** What a dishonest second signer could do: sign an addition that changes more than the signature. */
import type { SigningIdentity } from '#app/report/keys.server.ts'
import { readPem } from '#app/report/verify/certificates.ts'
import { encodeSignature, lowerSignature } from '#app/report/verify/ecdsa-value.ts'
import { readRevisions } from '#app/report/verify/revisions.ts'
import { digestOf, encodeSignedAttributes, encodeSignedMessage } from '#app/report/verify/signed-message.ts'

interface Forgery {
  /** A report with its first signature. */
  certified: Uint8Array
  identity: SigningIdentity
  /** Objects written beside the signature, by number. */
  extra: Record<number, string>
  /** Replaces what the signature dictionary says. */
  dictionary?: (text: string) => string
  field?: (text: string) => string
  trailer?: (text: string) => string
  /** Leaves the bytes of the trailer uncovered. */
  uncovered?: number
}

/** A second revision with a valid signature of `identity` over it, whatever else it holds. */
export async function forgeSecondRevision(forgery: Forgery): Promise<Uint8Array> {
  const { certified, identity, extra } = forgery
  const before = Buffer.from(certified).toString('latin1')
  const size = Number(readTrailer(certified, 'Size'))
  const oldField = /(\d+) 0 obj\n(<<\n\/FT \/Sig\n\/T \(insured-officer\)[\s\S]*?)>>\nendobj/.exec(before)
  if (!oldField) throw new Error('The officer’s field was not found')
  const same = (text: string) => text
  const objects: [number, string][] = [
    ...Object.entries(extra).map(([number, value]): [number, string] => [Number(number), value]),
    [Number(oldField[1]), (forgery.field ?? same)(`${oldField[2]}/V ${size} 0 R\n>>`)],
    [size, (forgery.dictionary ?? same)(dictionary())],
  ]
  let text = ''
  const entries: string[] = []
  for (const [number, value] of objects) {
    entries.push(`${number} 1\n${String(certified.length + text.length).padStart(10, '0')} 00000 n\r\n`)
    text += `${number} 0 obj\n${value}\nendobj\n`
  }
  const table = certified.length + text.length
  const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(before)?.[1]
  const oldTrailer = `<<\n/Size ${size + 1}\n/Root ${readTrailer(certified, 'Root')} 0 R\n/Prev ${previous}\n/Info ${readTrailer(certified, 'Info')} 0 R\n/ID ${idOf(before)}\n>>`
  text += `xref\n${entries.join('')}trailer\n${(forgery.trailer ?? same)(oldTrailer)}\nstartxref\n${table}\n%%EOF\n`
  return embed(
    Buffer.concat([certified, Buffer.from(text, 'latin1')]),
    certified.length,
    identity,
    forgery.uncovered ?? 0,
  )
}

const RANGE = '[0 9999999999 9999999999 9999999999]'
const EMPTY = `<${'0'.repeat(16_384)}>`

const dictionary = () =>
  `<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n/ByteRange ${RANGE}\n/Contents ${EMPTY}\n/Name (Maximiliane von Hohenfels-Wittgenstein)\n/Reason (I attest)\n/M (D:20260318150100Z)\n>>`

async function embed(
  bytes: Buffer,
  from: number,
  identity: SigningIdentity,
  uncovered: number,
): Promise<Uint8Array> {
  const start = bytes.indexOf(EMPTY, from, 'latin1')
  const end = start + EMPTY.length
  const rest = bytes.length - end - uncovered
  bytes.write(
    `[0 ${start} ${end} ${rest}]`.padEnd(RANGE.length),
    bytes.indexOf(RANGE, from, 'latin1'),
    'latin1',
  )
  const messageDigest = digestOf(bytes.subarray(0, start), bytes.subarray(end, end + rest))
  const signerCertificate = readPem(identity.certificatePem)
  const certificateDigest = digestOf(signerCertificate)
  const attributes = new Uint8Array(encodeSignedAttributes({ messageDigest, certificateDigest }))
  const value = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, identity.privateKey, attributes)
  const message = encodeSignedMessage({
    ...{ messageDigest, certificateDigest },
    certificates: [signerCertificate, readPem(identity.chainPem)],
    signature: encodeSignature(lowerSignature(new Uint8Array(value))),
  })
  bytes.write(Buffer.from(message).toString('hex'), start + 1, 'latin1')
  return new Uint8Array(bytes)
}

function readTrailer(pdf: Uint8Array, key: string): number {
  const value = readRevisions(pdf).at(-1)?.trailer.get(key)
  if (value?.type === 'number') return value.value
  if (value?.type === 'reference') return value.number
  throw new Error(`The trailer has no /${key}`)
}

const idOf = (text: string) =>
  /\/ID (\[<[0-9A-F]+> <[0-9A-F]+>\])(?![\s\S]*\/ID \[<[0-9A-F])/.exec(text)?.[1] ?? '[]'
