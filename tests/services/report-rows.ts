/** Reports as rows: how one comes to be is tested elsewhere. */
import type { Language } from '#app/language/languages.ts'
import { canonicalStatement } from '#app/report/statement.ts'
import { startApplication } from '#app/services/applications.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { setApplicationState } from '#db/queries/applications.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { exampleStatement } from '../report/example-statement.ts'

export const digestOf = (seed: string) => seed.repeat(64).slice(0, 64)

/** Both signed at `at`; its application is frozen as by signing. */
export async function addSignedReport(
  member: Member,
  clientId: string,
  { at, formCode = 'core-cyber', file }: { at: Date; formCode?: string; file: string },
): Promise<{ reportId: string; applicationId: string }> {
  const applicationId = await startApplication(member, clientId, { formCode: 'core-cyber', edition: '1' })
  return signApplication(member, { clientId, applicationId, at, formCode, file })
}

/** An application as it stands. */
export async function signApplication(
  member: Member,
  about: { clientId: string; applicationId: string; at: Date; formCode?: string; file: string },
): Promise<{ reportId: string; applicationId: string }> {
  const { organisationId } = member
  const { applicationId, at, file } = about
  const reportId = await addReport(member, { ...about, file: digestOf(file) })
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await setApplicationState(tx, organisationId, applicationId, 'frozen', at)
    await reports.updateReport(tx, organisationId, reportId, {
      state: 'signed',
      attestedAt: at,
      pdfSha256: digestOf(`${file}f`),
    })
  })
  return { reportId, applicationId }
}

/** With the technical contributor's signature only. */
export async function addReport(
  { organisationId, userId }: Member,
  about: {
    clientId: string
    applicationId: string
    at: Date
    formCode?: string
    file: string
    language?: Language
  },
): Promise<string> {
  const example = exampleStatement()
  const statement = canonicalStatement({
    ...example,
    edition: { ...example.edition, formCode: about.formCode ?? 'core-cyber' },
    ...(about.language ? { language: about.language } : {}),
  })
  const reportId = crypto.randomUUID()
  await getRuntime().database.inOrganisation(organisationId, (tx) =>
    reports.insertReport(tx, {
      organisationId,
      id: reportId,
      applicationId: about.applicationId,
      clientId: about.clientId,
      state: 'awaiting-attestation',
      statement,
      statementSha256: digestOf('0'),
      pdfSha256: about.file,
      createdBy: userId,
      createdAt: about.at,
      certifiedAt: about.at,
    }),
  )
  return reportId
}
