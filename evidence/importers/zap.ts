/** OWASP ZAP reports in XML and JSON: sites become assets, alerts findings. */
import type { Importer } from './importer.ts'
import { createJsonReader, sniffJson } from './json-reader.ts'
import { pump } from './scan/pump.ts'
import { createElementHandlers } from './xml-elements.ts'
import { findRootElement } from './xml-encoding.ts'
import { createXmlReader } from './xml-reader.ts'
import { createZapJsonListener } from './zap/json.ts'
import { createZapReport } from './zap/report.ts'
import { createZapListener } from './zap/xml.ts'

const isXml = (head: Uint8Array) => findRootElement(head)?.toLowerCase() === 'owaspzapreport'

export const zapImporter: Importer = {
  format: 'zap',
  label: 'OWASP ZAP report (XML or JSON)',
  evidenceKind: 'vuln-scan-summary',

  recognises(head) {
    if (isXml(head)) return true
    const sniffed = sniffJson(head)
    if (sniffed?.root !== 'object' || !sniffed.names.has('site')) return false
    return ['@version', '@generated', '@programName'].some((name) => sniffed.names.has(name))
  },

  read(bytes, options) {
    const report = createZapReport()
    const json = createZapJsonListener(report)
    const choose = (first: Uint8Array) =>
      beginsAsXml(first)
        ? createXmlReader((collectText) => createElementHandlers(createZapListener(report), collectText))
        : createJsonReader(json)
    let reader: ReturnType<typeof choose> | null = null
    let start = new Uint8Array()
    return pump(bytes, {
      write(chunk) {
        if (reader) return reader.write(chunk)
        start = joined(start, chunk)
        // Enough for a byte order mark and the first sign behind it.
        if (start.length < 64) return
        reader = choose(start)
        reader.write(start)
      },
      end() {
        if (!reader) {
          reader = choose(start)
          reader.write(start)
        }
        reader.end()
        json.end()
      },
      takeEvents: report.takeEvents,
      finish: () => report.finish(options),
    })
  },
}

/** The first sign that is no space, whatever the encoding. */
const beginsAsXml = (bytes: Uint8Array): boolean =>
  bytes.find((byte) => byte !== 0 && byte < 0x80 && byte > 0x20) !== 0x7b

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
