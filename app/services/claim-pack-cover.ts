/** What the cover of a claim pack tells, out of what is packed. */
import type { Language } from '#app/language/languages.ts'
import type { ClaimCoverAccount, CoverCounts } from '#app/report/claim-pack/cover-account.ts'
import type { Manifest, MissingFile, PackFile } from '#app/report/claim-pack/manifest.ts'
import { type CoverWords, coverWords } from '#app/report/language/claim-cover/words.ts'
import type { Day } from './claim-pack-record.server.ts'
import type { HistoryPoint } from './history-page.server.ts'
import { KIND_WORDS_IN } from './incident-input.ts'

/** A long list is in the manifest; paper names the first. */
const MOST_TOLD = 200

export function accountForCover(pack: {
  language: Language
  about: Omit<Manifest, 'files' | 'missing'>
  day: Day
  files: readonly PackFile[]
  missing: readonly MissingFile[]
  fingerprint: string
  checkpointAt: Date
}): ClaimCoverAccount {
  const { language, about, day, files, missing, fingerprint } = pack
  const { incident } = day
  return {
    language,
    packId: about.packId,
    madeAt: about.madeAt,
    asOf: about.asOf,
    knownOn: about.knownOn,
    organisation: about.organisation.name,
    requestedBy: about.requestedBy,
    client: about.client.legalName,
    incident: {
      kind: KIND_WORDS_IN[language][incident.kind],
      title: incident.title,
      description: incident.description,
      occurredFrom: incident.occurredFrom,
      occurredUntil: incident.occurredUntil,
      discoveredAt: about.incident.discoveredAt,
      reportedOn: incident.reportedOn,
      policyNumber: incident.policyNumber,
      noticeReference: incident.noticeReference,
      assets: day.assets.map(({ name }) => name),
    },
    application: about.application && {
      title: about.application.title,
      edition: about.application.edition,
      attestedAt: about.application.attestedAt,
      hasReport: files.some(({ role }) => role === 'signed-report'),
    },
    asIs: countStates(day.asIs),
    asKnown: countStates(day.asKnown),
    contents: contentsOf(files, coverWords(language)),
    evidence: files
      .flatMap(({ path, evidence }) => (evidence ? [{ path, ...evidence }] : []))
      .slice(0, MOST_TOLD)
      .map(({ path, title, observedAt }) => ({ path, title, observedAt })),
    waivers: day.waivers.told.slice(0, MOST_TOLD).map((waiver) => ({
      service: waiver.service,
      signedBy: `${waiver.decisionMakerName}, ${waiver.decisionMakerRole}`,
      signedAt: waiver.signedAt,
      heldOnTheDay: waiver.heldOnTheDay,
      path: files.find(({ waiverId }) => waiverId === waiver.id)?.path ?? null,
    })),
    missing: missing.slice(0, MOST_TOLD).map(({ about: title, reason }) => ({ title, reason })),
    checkpoint: { ...about.checkpoint, createdAt: pack.checkpointAt.toISOString() },
    authorityFingerprint: fingerprint,
  }
}

export function countStates({ answers, unanswered }: HistoryPoint): CoverCounts {
  const of = (status: string) => answers.filter((answer) => answer.status === status).length
  return {
    supported: of('supported'),
    unsupported: of('unsupported'),
    stale: of('stale'),
    contradicted: of('contradicted'),
    excepted: answers.filter(({ status, isExcepted }) => status === 'contradicted' && isExcepted).length,
    'not-claimed': of('not-claimed'),
    unanswered,
  }
}

/** One line for each file, and one for each folder of many. */
function contentsOf(files: readonly PackFile[], { say }: CoverWords): ClaimCoverAccount['contents'] {
  const many = {
    evidence: { path: 'evidence/', about: say('about.evidence') },
    waiver: { path: 'waivers/', about: say('about.waiver') },
    proof: { path: 'ledger/entry-….json', about: say('about.proof') },
  }
  const single = files.filter(({ role }) => !(role in many))
  return [
    ...single.map((file) => ({ path: file.path, about: say(aboutOf(file)), count: 1 })),
    ...Object.entries(many).flatMap(([role, line]) => {
      const count = files.filter((file) => file.role === role).length
      return count > 0 ? [{ ...line, count }] : []
    }),
    { path: 'manifest.json', about: say('about.manifest'), count: 1 },
    { path: 'manifest.json.sig', about: say('about.signature'), count: 1 },
    { path: 'SHA256SUMS', about: say('about.sums'), count: 1 },
  ]
}

/** @throws Error for a file that is never listed by itself */
function aboutOf({ role, path }: PackFile) {
  switch (role) {
    case 'readiness':
      return path.endsWith('as-known.json') ? 'about.as-known' : 'about.as-of'
    case 'readme':
    case 'cover':
      throw new Error(`${path} is made after the cover`)
    default:
      return `about.${role}` as const
  }
}
