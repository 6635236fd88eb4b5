/** The facts of a check of ports and certificates: about the targets of one permission, seen from the internet. */
import type { FactKey } from '../fact-dictionary.ts'
import type { Fact } from '../facts.ts'
import type { ExposureReading } from './exposure-reading.ts'
import { COLLECTOR } from './mail-facts.ts'

export interface ExposureFactFrame {
  observedAt: Date
  /** All targets of the permission; those not asked now make every fact partial. */
  permitted: readonly string[]
  notAsked: readonly string[]
}

/** The same list gives the same subject, so that a later run takes the place of an earlier one. */
export function subjectOf(targets: readonly string[]): string {
  const text = [...targets].sort().join(', ')
  return text.length > 500 ? `${text.slice(0, 499)}…` : text
}

const EXPOSED: readonly [FactKey, keyof NonNullable<ExposureReading['exposed']>][] = [
  ['exposure.rdp_open_count', 'rdp'],
  ['exposure.smb_open_count', 'smb'],
  ['exposure.telnet_open_count', 'telnet'],
  ['exposure.admin_interface_open_count', 'admin'],
]

export function exposureFacts(reading: ExposureReading, frame: ExposureFactFrame): Fact[] {
  const skipped =
    frame.notAsked.length > 0 ? [`Not asked this time: ${frame.notAsked.slice(0, 5).join(', ')}.`] : []
  const over = `Counted over ${reading.addresses === 1 ? '1 address' : `${reading.addresses} addresses`} and the ports ${reading.portsAsked.join(', ')}.`
  const fact = (key: FactKey, value: number | string, gaps: readonly string[]): Fact => ({
    key,
    scope: { viewpoint: 'external', subject: subjectOf(frame.permitted) },
    value,
    observedAt: frame.observedAt.toISOString(),
    completeness: gaps.length + skipped.length > 0 ? 'partial' : 'complete',
    note: [over, ...gaps, ...skipped].join(' ').slice(0, 1000),
    collector: COLLECTOR,
  })
  // Nothing was reached: then there is nothing to count, not a count of none.
  if (reading.addresses === 0) return []
  const { exposed, expiredCertificates, oldestTls } = reading
  return [
    ...EXPOSED.flatMap(([key, exposure]) => {
      const counted = exposed?.[exposure]
      return counted ? [fact(key, counted.open, counted.gaps)] : []
    }),
    ...(expiredCertificates
      ? [fact('exposure.tls_expired_cert_count', expiredCertificates.open, expiredCertificates.gaps)]
      : []),
    ...(oldestTls ? [fact('crypto.min_tls_version', oldestTls.version, oldestTls.gaps)] : []),
  ]
}
