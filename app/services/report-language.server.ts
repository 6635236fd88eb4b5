/** The language that a client’s next report is offered in. */
import { DEFAULT_LANGUAGE, type Language } from '#app/language/languages.ts'
import { Statement } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import { findNewestReportOfClient } from '#db/queries/reports.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** A statement may be large; nothing else of it is asked here. */
const WithLanguage = Statement.pick({ language: true })

/** That of one report; English in those made before statements named theirs. */
export const languageOfReport = ({ statement }: { statement: string }): Language =>
  WithLanguage.parse(JSON.parse(statement)).language ?? DEFAULT_LANGUAGE

/** That of the client’s newest report, whatever became of it; English before there is one. */
export async function languageOfLastReport(member: Member, clientId: string): Promise<Language> {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, (tx) =>
    languageOfClient(tx, organisationId, clientId),
  )
}

/** As `languageOfLastReport`, within a transaction; waivers and the matrix of responsibilities are written in it. */
export async function languageOfClient(tx: Tx, organisationId: string, clientId: string): Promise<Language> {
  const row = await findNewestReportOfClient(tx, organisationId, clientId)
  return row ? languageOfReport(row) : DEFAULT_LANGUAGE
}
