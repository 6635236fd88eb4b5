/** Whether every waiver is told as the ledger recorded it, with the file that was signed, and none is left out. */
import { sha256Hex } from '#evidence/canonical.ts'
import { WaiverText } from '../../waiver/waiver-text.ts'
import type { Manifest } from '../manifest.ts'
import type { WaiversDocument } from './documents.ts'
import { differingFields, entriesOf, isBy, type ProvedEntry } from './proved-entry.ts'

type Told = WaiversDocument['waivers'][number]

/** @param document null in packs that were made before waivers were part of them */
export function listWaiverFaults(
  { files, missing, trueOn }: Manifest,
  document: WaiversDocument | null,
  entries: readonly ProvedEntry[],
): string[] {
  const told = document?.waivers ?? []
  const ids = new Set(told.map(({ id }) => id))
  const packed = [...files, ...missing].filter(({ role }) => role === 'waiver')
  const untold = entriesOf(entries, ['waiver.signed'], {}).filter(
    ({ at, payload }) => at <= trueOn && !ids.has(String(payload.waiverId)),
  )
  return [
    ...told.flatMap((waiver) => [
      ...judge(waiver, trueOn, entries),
      ...judgeFile(
        waiver,
        packed.filter(({ waiverId }) => waiverId === waiver.id),
        entries,
      ),
    ]),
    ...untold.map(({ sequence }) => `waivers.json leaves out the waiver of entry ${sequence}.`),
    ...packed
      .filter(({ waiverId }) => waiverId === undefined || !ids.has(waiverId))
      .map(({ path }) => `${path} is the file of no waiver that is told.`),
  ]
}

function judge(told: Told, trueOn: string, entries: readonly ProvedEntry[]): string[] {
  const [signed] = entriesOf(entries, ['waiver.signed'], { waiverId: told.id })
  if (!signed) return [`There is no proved entry of the waiver ${told.id}.`]
  const ended = endOf(told.id, entries)
  // What was signed by mistake never held, once that is known.
  const hadEnded = ended !== null && (ended.because === 'mistake' || ended.at <= trueOn)
  const recorded = {
    textSha256: signed.payload.textSha256,
    controlIds: signed.payload.controlIds,
    signedAt: signed.at,
    withdrawnAt: ended?.at ?? null,
    withdrawnBecause: ended?.because ?? null,
    heldOnTheDay: signed.at <= trueOn && !hadEnded,
    // What the one who made it wrote is in the entry; that a newer one took its place needs no reason.
    ...(ended?.because === 'renewed' ? {} : { withdrawnReason: ended?.reason ?? null }),
  }
  const faults = differingFields(told, recorded).map(
    (name) => `The ledger recorded another ${name} of the waiver ${told.id}.`,
  )
  if (!isBy(signed.actor, told.decisionMakerName)) faults.push(`Somebody else signed the waiver ${told.id}.`)
  return [...faults, ...judgeText(told)]
}

function judgeText(told: Told): string[] {
  if (sha256Hex(told.text) !== told.textSha256)
    return [`The text of the waiver ${told.id} is not the one that was signed.`]
  const text = readText(told.text)
  if (!text) return [`The text of the waiver ${told.id} is not written as Attested writes it.`]
  const said = {
    id: text.waiverId,
    service: text.service,
    decisionMakerName: text.decisionMaker.name,
    decisionMakerRole: text.decisionMaker.role,
  }
  return differingFields(told, said).map(
    (name) => `The signed text of the waiver ${told.id} has another ${name}.`,
  )
}

function readText(text: string): WaiverText | null {
  try {
    return WaiverText.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function judgeFile(
  { id, pdfSha256 }: Told,
  packed: readonly { sha256: string; path: string }[],
  entries: readonly ProvedEntry[],
): string[] {
  const [filed] = entriesOf(entries, ['waiver.file-signed'], { waiverId: id })
  if ((filed?.payload.pdfSha256 ?? null) !== pdfSha256)
    return [`The ledger recorded another signed file of the waiver ${id}.`]
  if (pdfSha256 === null)
    return packed.map(({ path }) => `${path} is told as the signed file of a waiver that had none.`)
  if (packed.length !== 1 || packed[0]?.sha256 !== pdfSha256)
    return [`The signed file of the waiver ${id} is neither in the pack nor among what is missing.`]
  return []
}

interface End {
  at: string
  because: unknown
  reason?: unknown
}

/** Withdrawn by its maker, or ended by a newer one that was signed in its place. */
function endOf(waiverId: string, entries: readonly ProvedEntry[]): End | null {
  const [withdrawn] = entriesOf(entries, ['waiver.withdrawn'], { waiverId })
  const [renewed] = entriesOf(entries, ['waiver.signed'], { replaces: waiverId })
  if (renewed && !(withdrawn && withdrawn.at <= renewed.at)) return { at: renewed.at, because: 'renewed' }
  if (!withdrawn) return null
  const { because, reason } = withdrawn.payload
  return { at: withdrawn.at, because, reason }
}
