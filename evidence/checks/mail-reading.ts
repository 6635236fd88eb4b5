/** One domain's mail records put together: what was asked becomes six entries and the values behind the facts. */
import { commandFor } from './commands.ts'
import { type DkimReading, readDkim, type SelectorLookup } from './dkim.ts'
import { type DmarcReading, readDmarc } from './dmarc.ts'
import { type DnssecLookups, type DnssecReading, readDnssec } from './dnssec.ts'
import type { HttpObservation, Lookup, Observation } from './observation.ts'
import type { MailEntry } from './reading.ts'
import { readSpf, type SpfEvaluation, type SpfResult, spfResultOf } from './spf.ts'
import { type MtaStsReading, readMtaSts, readTlsRpt, type TlsRptReading } from './transport-security.ts'

export interface MailLookups {
  domain: string
  txt: Lookup
  spf: SpfEvaluation | null
  selectors: SelectorLookup[]
  probe: Lookup
  dmarc: Lookup
  inherited: { domain: string; lookup: Lookup } | null
  mtaSts: Lookup
  policy: HttpObservation | null
  tlsRpt: Lookup
  mx: Lookup
  dnssec: DnssecLookups
}

export interface MailReading {
  domain: string
  /** False: the resolver knows no such name. Then nothing follows, for it may be the resolver that is wrong. */
  exists: boolean
  spf: SpfResult | null
  dkim: Pick<DkimReading, 'found' | 'unresolvedNamed' | 'isComplete'>
  dmarc: Omit<DmarcReading, 'entry'>
  mtaSts: MtaStsReading['mode']
  tlsRpt: TlsRptReading['isPresent']
  dnssec: DnssecReading['isSigned']
  entries: MailEntry[]
}

export function readMail(seen: MailLookups): MailReading {
  const exists = seen.txt.outcome !== 'no-name'
  const spf = readSpf(seen.txt, seen.spf)
  const { entry: dkimEntry, ...dkim } = readDkim(seen.selectors, seen.probe)
  const { entry: dmarcEntry, ...dmarc } = readDmarc(seen.domain, seen.dmarc, seen.inherited)
  const mtaSts = readMtaSts(seen.mtaSts, seen.policy, seen.mx)
  const tlsRpt = readTlsRpt(seen.tlsRpt)
  const dnssec = readDnssec(seen.dnssec)
  const dns = (...lookups: (Lookup | null | undefined)[]) =>
    lookups.flatMap((lookup) => lookup?.observations ?? [])
  const { soa, unchecked, ds } = seen.dnssec
  return {
    domain: seen.domain,
    exists,
    spf: spfResultOf(seen.txt, seen.spf),
    dkim,
    dmarc,
    mtaSts: mtaSts.mode,
    tlsRpt: tlsRpt.isPresent,
    dnssec: dnssec.isSigned,
    entries: [
      withCommands(spf, dns(seen.txt)),
      withCommands(dkimEntry, dns(...shownSelectors(seen.selectors))),
      withCommands(dmarcEntry, dns(seen.dmarc, seen.inherited?.lookup)),
      withCommands(mtaSts.entry, [...dns(seen.mtaSts), ...(seen.policy ? [seen.policy] : [])]),
      withCommands(tlsRpt.entry, dns(seen.tlsRpt)),
      withCommands(dnssec.entry, dns(soa, unchecked, ds)),
    ].map((entry) => (exists ? entry : ofUnknownName(entry))),
  }
}

/** A resolver that filters, or a domain just registered, says the same as one that is gone. */
function ofUnknownName(entry: MailEntry): MailEntry {
  return {
    ...entry,
    verdict: 'unknown',
    shown: 'The resolver knows no such domain',
    means:
      'Either the domain does not exist, or this server’s resolver withholds it. Nothing follows from it.',
    notes: [],
  }
}

/** Those with a record and those that were named; the rest follow the same pattern. */
function shownSelectors(selectors: readonly SelectorLookup[]): Lookup[] {
  const telling = selectors.filter(({ isNamed, lookup }) => isNamed || lookup.outcome === 'answered')
  const shown = telling.length > 0 ? telling : selectors
  return shown.slice(0, telling.length > 0 ? 12 : 1).map(({ lookup }) => lookup)
}

function withCommands(entry: MailEntry, seen: readonly Observation[]): MailEntry {
  const commands = seen.map(commandFor).filter((command) => command !== null)
  return { ...entry, commands: [...new Set(commands)] }
}
