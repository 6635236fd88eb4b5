/** The review pack of a client as a PDF, drawn off the request thread. */
import type { Period } from '#app/readiness/reattestation-periods.ts'
import { renderReviewPack } from '#app/report/render.server.ts'
import type { Member } from './member.ts'
import { languageOfLastReport } from './report-language.server.ts'
import { readLogo } from './report-look.server.ts'
import { getReviewPack } from './review-pack.server.ts'

/** @throws NotFoundError also when the client is another organisation's; RefusedError; RenderError */
export async function drawReviewPack(member: Member, clientId: string, period: Period) {
  const language = await languageOfLastReport(member, clientId)
  const pack = await getReviewPack(member, clientId, period, language)
  const named = pack.brand?.logo
  const pdf = await renderReviewPack(pack, named ? await readLogo(member, named.sha256) : undefined)
  return { name: `Review pack ${pack.client} ${period.first} to ${period.last}.pdf`, pdf }
}
