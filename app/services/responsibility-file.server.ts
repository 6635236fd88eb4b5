/** The responsibility matrix of a client as a PDF, drawn off the request thread. */
import { renderMatrix } from '#app/report/render.server.ts'
import type { Member } from './member.ts'
import { getResponsibilityMatrix } from './responsibility.server.ts'
import { describeParty, type MatrixPlace, type MatrixRow } from './responsibility-matrix.ts'
import { getRuntime } from './runtime.server.ts'

const TITLES: [place: MatrixPlace, title: string][] = [
  ['asked-gap', 'Asked for by an application, and nobody is responsible'],
  ['gap', 'Nobody is responsible'],
  ['agreed', 'Agreed'],
]

/** @throws NotFoundError also when the client is another organisation's; RenderError */
export async function drawResponsibilities(member: Member, clientId: string) {
  const { client, rows } = await getResponsibilityMatrix(member, clientId)
  const madeAt = getRuntime().clock().toISOString()
  const pdf = await renderMatrix({
    madeAt,
    organisation: member.organisationName,
    client: client.legalName,
    groups: TITLES.flatMap(([place, title]) => {
      const shown = rows.filter((row) => row.place === place).map(tell)
      return shown.length > 0 ? [{ title, rows: shown }] : []
    }),
  })
  return { name: `Responsibilities ${client.legalName} ${madeAt.slice(0, 10)}.pdf`, pdf }
}

const tell = ({ label, domain, current, place }: MatrixRow) => ({
  control: label,
  domain,
  responsible: describeParty(current),
  isGap: place !== 'agreed',
  agreedOn: current?.agreedOn ?? null,
  note: current?.note ?? '',
})
