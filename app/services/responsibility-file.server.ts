/** The responsibility matrix of a client as a PDF, drawn off the request thread. */
import { type PaperWords, paperWords } from '#app/report/language/papers/words.ts'
import { renderMatrix } from '#app/report/render.server.ts'
import type { Member } from './member.ts'
import { languageOfLastReport } from './report-language.server.ts'
import { getResponsibilityMatrix } from './responsibility.server.ts'
import { MATRIX_PLACES, type MatrixRow } from './responsibility-matrix.ts'
import { getRuntime } from './runtime.server.ts'

/** @throws NotFoundError also when the client is another organisation's; RenderError */
export async function drawResponsibilities(member: Member, clientId: string) {
  const language = await languageOfLastReport(member, clientId)
  const words = paperWords(language)
  const { client, rows } = await getResponsibilityMatrix(member, clientId, language)
  const madeAt = getRuntime().clock().toISOString()
  const pdf = await renderMatrix({
    language,
    madeAt,
    organisation: member.organisationName,
    client: client.legalName,
    groups: MATRIX_PLACES.flatMap((place) => {
      const shown = rows.filter((row) => row.place === place).map((row) => tell(row, words))
      return shown.length > 0 ? [{ title: words.say(`matrix.${place}`), rows: shown }] : []
    }),
  })
  return { name: `Responsibilities ${client.legalName} ${madeAt.slice(0, 10)}.pdf`, pdf }
}

const tell = ({ label, domain, current, place }: MatrixRow, { say }: PaperWords) => {
  const party = say(`matrix.party.${current?.party ?? 'unset'}`)
  const name = current?.thirdParty
  return {
    control: label,
    domain,
    responsible: name ? say('matrix.party.named', { party, name }) : party,
    isGap: place !== 'agreed',
    agreedOn: current?.agreedOn ?? null,
    note: current?.note ?? '',
  }
}
