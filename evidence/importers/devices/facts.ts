/** What a device list amounts to about EDR: coverage, stale agents, block mode, tamper protection. */
import { type FactSetting, makeFact } from '../scan/make-fact.ts'
import { many } from '../scan/text.ts'
import { gapOf, isTold, makeShareFact, type Share } from './share.ts'

const STALE_DAYS = 7
const DAY = 86_400_000

/** @param sightings when each device that has or may have an agent was last seen; null: not told */
export function protectionFacts(
  setting: FactSetting,
  shares: Record<'edr' | 'serverEdr' | 'block' | 'tamper', Share>,
  sightings: (number | null)[],
) {
  const { edr, serverEdr, block, tamper } = shares
  // An EDR console knows the devices that have its agent; who has none is not in its list at all.
  const console =
    edr.no === 0
      ? 'The list shows no device without EDR, as a console that knows only its own agents would; compare it with the inventory.'
      : null
  const seen = sightings.filter((time) => time !== null)
  const unseen = sightings.length - seen.length
  const stale = seen.filter((time) => setting.observedAt.getTime() - time > STALE_DAYS * DAY).length
  return [
    makeShareFact(setting, 'endpoint.edr_coverage_percent', edr, [console]),
    makeShareFact(setting, 'endpoint.edr_server_coverage_percent', serverEdr, [console]),
    isTold(edr)
      ? makeFact(setting, 'endpoint.edr_unprotected_count', edr.no, { gaps: [gapOf(edr), console] })
      : null,
    seen.length > 0
      ? makeFact(setting, 'endpoint.edr_stale_agents_7d', stale, {
          gaps: [unseen > 0 ? `When ${many(unseen, 'device')} last reported is not told.` : null],
        })
      : null,
    makeShareFact(setting, 'endpoint.edr_block_mode_percent', block),
    makeShareFact(setting, 'endpoint.edr_tamper_protection_percent', tamper),
  ]
}
