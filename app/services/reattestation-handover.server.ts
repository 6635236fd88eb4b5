/** The preparer certifies the comparison and hands the draft over to the officer of the insured. */
import type { Language } from '#app/language/languages.ts'
import { reattestWords } from '#app/report/language/reattestation/words.ts'
import { canonicalStatement, type Signer } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import { findLastEntry, lockLedger } from '#db/queries/ledger.server.ts'
import * as rows from '#db/queries/reattestations.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { isSameName } from './attestation-rules.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { namedCertificates } from './own-certificates.server.ts'
import { loadComparison, readSince } from './reattestation-comparison.server.ts'
import type { HandOverInput } from './reattestation-input.ts'
import { COUNTS_NO_MORE, DISCARD_IT } from './reattestation-obstacles.ts'
import { findObstacle } from './reattestation-standing.server.ts'
import { brandOf } from './report-look.server.ts'
import { getRuntime } from './runtime.server.ts'
import { buildStatement } from './statement-building.ts'
import { readCoverage, summariseFindings } from './statement-surroundings.server.ts'
import { readToldReviews } from './told-reviews.server.ts'

const dayOf = (at: Date) => at.toISOString().slice(0, 10)

async function lockDraft(tx: Tx, organisationId: string, id: string, now: Date) {
  const row = await rows.lockReattestation(tx, organisationId, id)
  if (!row) throw new NotFoundError('No such re-attestation')
  if (row.state !== 'draft')
    throw new RefusedError('state', 'This is no draft any more. Reload the page to see how it stands.')
  const obstacle = await findObstacle(tx, organisationId, row, now)
  if (obstacle === 'over')
    throw new RefusedError('over', 'The period of this re-attestation is over. Begin the next one.')
  if (obstacle !== null) throw new RefusedError('not-in-force', `${COUNTS_NO_MORE[obstacle]}. ${DISCARD_IT}`)
  return row
}

/**
 * Freezes the comparison as it is now. The officer is asked next; a report is made when they have answered.
 * @returns the report that they will sign
 * @throws NotFoundError; RefusedError `state`, `over`, `not-in-force`, `same-signer`
 */
export async function handOverReattestation(
  member: Member,
  reattestationId: string,
  input: HandOverInput,
): Promise<string> {
  const { database, clock, newId, settings } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const reportId = newId()
  const found = await database.inOrganisation(organisationId, (tx) =>
    rows.findReattestation(tx, organisationId, reattestationId),
  )
  if (!found) throw new NotFoundError('No such re-attestation')
  const since = await readSince(member, found)
  const coverage = await readCoverage(member, found.clientId)
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await lockDraft(tx, organisationId, reattestationId, now)
    const compared = await loadComparison(tx, organisationId, row, { now, since })
    const { loaded, told, readiness, base, signed, reattestation } = compared
    const language = signed.language ?? 'en'
    await lockLedger(tx, organisationId)
    const head = await findLastEntry(tx, organisationId)
    if (!head) throw new Error('An organisation without a ledger')
    const statement = canonicalStatement({
      ...buildStatement({
        ...loaded,
        reportId,
        at: now,
        language,
        coversFrom: base.coversFrom,
        organisation: { id: organisationId, name: member.organisationName },
        input: told,
        readiness,
        scans: (await scans.listImports(tx, organisationId, row.clientId))
          .filter(({ withdrawnAt }) => withdrawnAt === null)
          .map(({ scan }) => scan),
        ledgerHead: { sequence: head.sequence, hash: head.hash },
        signers: signersOf(member, input, {
          language,
          insured: loaded.client.legalName,
          signedOn: base.attestedAt ?? base.createdAt,
          certificates: await namedCertificates(tx, organisationId),
        }),
        around: {
          findings: await summariseFindings(tx, organisationId, row.clientId, dayOf(now)),
          coverage,
          reviews: await readToldReviews(tx, organisationId, row.applicationId),
          brand: await brandOf(tx, organisationId),
          verifyAt: settings.publicUrl ? new URL('/verify', settings.publicUrl).href : undefined,
        },
      }),
      reattestation,
    })
    const statementSha256 = sha256Hex(statement)
    await reports.insertReport(tx, {
      organisationId,
      id: reportId,
      kind: 'reattestation',
      applicationId: row.applicationId,
      clientId: row.clientId,
      state: 'answering',
      statement,
      statementSha256,
      createdBy: member.userId,
      createdAt: now,
      coversFrom: base.coversFrom,
    })
    await rows.updateReattestation(tx, organisationId, row.id, {
      state: 'with-officer',
      reportId,
      unchangedConfirmedAt: null,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'reattestation.handed-over',
      actor: actorOf(member),
      at: now,
      payload: {
        reattestationId: row.id,
        reportId,
        applicationId: row.applicationId,
        statementSha256,
        previousPdfSha256: reattestation.chain.at(-1)?.pdfSha256 ?? null,
      },
    })
    return reportId
  })
}

function signersOf(
  member: Member,
  input: HandOverInput,
  about: {
    language: Language
    insured: string
    signedOn: Date
    certificates: Pick<Signer, 'certificates'>
  },
): Signer[] {
  if (isSameName(member.name, input.officerName) || member.email === input.officerEmail)
    throw new RefusedError(
      'same-signer',
      'Nobody signs for both sides. Name an officer of the insured, not yourself.',
    )
  const { say, date } = reattestWords(about.language)
  return [
    {
      role: 'technical-contributor',
      name: member.name,
      title: input.contributorTitle,
      organisation: member.organisationName,
      email: member.email,
      declaration: say('declaration.technical'),
      ...about.certificates,
    },
    {
      role: 'insured-officer',
      name: input.officerName,
      title: input.officerTitle,
      organisation: about.insured,
      email: input.officerEmail,
      declaration: say('declaration.officer', {
        client: about.insured,
        day: date(about.signedOn.toISOString()),
      }),
    },
  ]
}
