/** The record of one client as the readiness engine reads it from any point of its two times. */
import { groupsOf } from '#app/readiness/order.ts'
import type { ClientRecord, Point } from '#app/readiness/record.ts'
import { viewRecord } from '#app/readiness/record.ts'
import type { ReadinessInput } from '#app/readiness/status.ts'
import type { Tx } from '#db/client.server.ts'
import type { ApplicationRow } from '#db/queries/applications.server.ts'
import { readHistory } from '#db/queries/history.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { listOtherForms } from './other-forms.ts'
import { buildReadinessInput } from './readiness-input.ts'

/** @param knownOn nothing that was recorded later is read */
export async function loadRecord(
  tx: Tx,
  organisationId: string,
  clientId: string,
  knownOn: Date,
): Promise<{ record: ClientRecord; applications: ApplicationRow[] }> {
  const rows = await readHistory(tx, organisationId, clientId, knownOn)
  const versions = groupsOf(rows.versions, ({ applicationId }) => applicationId)
  const answers = groupsOf(rows.answers, ({ applicationId }) => applicationId)
  const itemVersions = groupsOf(rows.itemVersions, ({ evidenceId }) => evidenceId)
  const revisions = groupsOf(rows.revisions, ({ evidenceId }) => evidenceId)
  const readings = groupsOf(rows.readings, ({ revisionId }) => revisionId)
  const record = {
    applications: rows.applications.map(({ id, formCode, movedFrom, createdAt, discardedAt }) => ({
      id,
      formCode,
      movedFrom,
      createdAt,
      discardedAt,
      versions: versions(id),
      answers: answers(id).map(
        ({ questionId, version, answer, trueFrom, recordedAt, answeredByName: by }) => ({
          questionId,
          version,
          answer,
          trueFrom,
          recordedAt,
          by,
        }),
      ),
    })),
    evidence: rows.items.map(({ id, createdAt, withdrawnAt }) => ({
      id,
      createdAt,
      withdrawnAt,
      versions: itemVersions(id),
      revisions: revisions(id).map((revision) => ({
        ...revision,
        isRedactedCopy: revision.redactedFrom !== null,
        readings: readings(revision.id).map(({ state, createdAt: startedAt, finishedAt }) => ({
          isDone: state === 'done',
          startedAt,
          finishedAt,
        })),
      })),
    })),
    facts: rows.facts,
    exceptions: rows.exceptions,
    waivers: rows.waivers.map(({ id, service, controlIds, signedAt, withdrawnAt, withdrawnBecause }) => ({
      id,
      service,
      controlIds,
      signedAt,
      withdrawnAt,
      isMistake: withdrawnBecause === 'mistake',
    })),
  }
  return { record, applications: rows.applications }
}

/**
 * What the engine would have been given at that point.
 * @returns null where the application was not known then
 */
export function inputAt(
  record: ClientRecord,
  applicationId: string,
  editions: ReadonlyMap<string, Edition>,
  point: Point,
): (ReadinessInput & { circumstances: Circumstances }) | null {
  const edition = editions.get(applicationId)
  const view = edition && viewRecord(record, applicationId, point)
  if (!view) return null
  const rows = [view.application, ...view.others.map(({ row }) => row)]
  const otherForms = listOtherForms(view.application, rows).flatMap(({ row, relation }) => {
    const other = view.others.find((one) => one.row.id === row.id)
    const asked = editions.get(row.id)
    return other && asked ? [{ row, relation, edition: asked, answers: other.answers }] : []
  })
  return buildReadinessInput({ ...view, otherForms, edition, catalogue: loadCatalogue() }, point.trueOn)
}
