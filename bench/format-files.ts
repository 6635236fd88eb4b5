/** Writes exports of two further shapes and of any size, always the same bytes for the same size: JSON and CSV. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

const FLUSH_CHARACTERS = 1024 * 1024
const OUTPUT =
  'Installed version : 10.0.17763.7434\nFixed version     : 10.0.17763.7557\nThe file was checked in its folder on the remote host, which answered the request of the scanner within its time. '.repeat(
    6,
  )

/** @returns the bytes written */
async function write(
  path: string,
  bytes: number,
  parts: { start: string; record: (number: number) => string; end: string },
): Promise<number> {
  const file = createWriteStream(path)
  let pending = parts.start
  let written = 0
  const flush = async () => {
    written += pending.length
    const goesOn = file.write(pending)
    pending = ''
    if (!goesOn) await once(file, 'drain')
  }
  for (let number = 0; written + pending.length < bytes; number += 1) {
    pending += parts.record(number)
    if (pending.length > FLUSH_CHARACTERS) await flush()
  }
  pending += parts.end
  await flush()
  file.end()
  await finished(file)
  return written
}

/** A SARIF log of one run. */
export function writeSarifFile(path: string, bytes: number): Promise<number> {
  const rules = Array.from({ length: 200 }, (_, rule) => ({
    id: `rule-${rule}`,
    shortDescription: { text: `Rule number ${rule} of the analyser` },
    defaultConfiguration: { level: ['error', 'warning', 'note'][rule % 3] },
  }))
  const tool = JSON.stringify({ driver: { name: 'Bench analyser', version: '1.0', rules } })
  return write(path, bytes, {
    start: `{"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[{"tool":${tool},"results":[\n`,
    record: (number) =>
      `${number === 0 ? '' : ',\n'}${JSON.stringify({
        ruleId: `rule-${number % 200}`,
        ruleIndex: number % 200,
        message: { text: OUTPUT },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: `src/module-${number % 997}/file-${number}.ts` },
              region: { startLine: (number % 4000) + 1, startColumn: 1 },
            },
          },
        ],
        partialFingerprints: { primaryLocationLineHash: `${number.toString(16)}:1` },
      })}`,
    end: '\n]}]}\n',
  })
}

/** A Nessus table, one row a CVE. */
export function writeTableFile(path: string, bytes: number): Promise<number> {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  return write(path, bytes, {
    start:
      'Plugin ID,CVE,CVSS v3.0 Base Score,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output\r\n',
    record(number) {
      const [check, host] = [50_000 + (number % 400), Math.floor(number / 400)]
      const cells = [
        String(check),
        `CVE-2026-${10_000 + check}`,
        '7.5',
        ['None', 'Low', 'Medium', 'High', 'Critical'][number % 5] ?? 'None',
        `10.${(host >> 16) & 255}.${(host >> 8) & 255}.${host & 255}`,
        'tcp',
        String(1 + (number % 60_000)),
        `Component ${check} is outdated`,
        'An update is missing.',
        OUTPUT,
        'Install the update.',
        '',
        OUTPUT,
      ]
      return `${cells.map(quoted).join(',')}\r\n`
    },
    end: '',
  })
}
