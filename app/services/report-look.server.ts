/** The logo and colour of an organisation's reports: owners set them, each statement freezes what holds then. */
import type { Brand } from '#app/report/statement-parts.ts'
import type { Tx } from '#db/client.server.ts'
import * as looks from '#db/queries/report-look.server.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { NotFoundError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member, requireOwner } from './member.ts'
import { drawLogo } from './report-logo.server.ts'
import type { ReportColourInput } from './report-look-input.ts'
import { getRuntime } from './runtime.server.ts'

/** @returns undefined while the organisation has neither */
export async function brandOf(tx: Tx, organisationId: string): Promise<Brand | undefined> {
  const look = await looks.findReportLook(tx, organisationId)
  if (!look || (look.accent === null && look.sha256 === null)) return undefined
  const { accent, sha256, widthPixels, heightPixels } = look
  return {
    accent,
    logo: sha256 && widthPixels && heightPixels ? { sha256, format: 'png', widthPixels, heightPixels } : null,
  }
}

export async function getReportLook({ organisationId }: Member): Promise<Brand> {
  const brand = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    brandOf(tx, organisationId),
  )
  return brand ?? { accent: null, logo: null }
}

/** @throws NotFoundError when the organisation never had a logo of that digest */
export async function readLogo({ organisationId }: Pick<Member, 'organisationId'>, sha256: string) {
  const row = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    looks.findReportLogo(tx, organisationId, sha256),
  )
  if (!row) throw new NotFoundError('No such logo')
  return new Uint8Array(Buffer.from(row.pngBase64, 'base64'))
}

/** @throws RefusedError `owner` for anybody but an owner */
export async function setAccent(member: Member, { accent }: ReportColourInput): Promise<void> {
  await change(member, { accent })
}

/** @throws RefusedError `owner`, `logo-format`, `logo-broken` */
export async function setLogo(member: Member, uploaded: Uint8Array): Promise<void> {
  requireOwner(member, 'changes how reports look')
  const { png, widthPixels, heightPixels } = await drawLogo(uploaded)
  const sha256 = sha256Hex(png)
  const at = getRuntime().clock()
  await change(member, { logoSha256: sha256 }, (tx) =>
    looks.insertReportLogo(tx, {
      organisationId: member.organisationId,
      sha256,
      pngBase64: Buffer.from(png).toString('base64'),
      widthPixels,
      heightPixels,
      createdAt: at,
    }),
  )
}

/** Reports that carry it keep it. @throws RefusedError `owner` */
export async function removeLogo(member: Member): Promise<void> {
  await change(member, { logoSha256: null })
}

/** Back to the colour that reports have by themselves. @throws RefusedError `owner` */
export async function removeAccent(member: Member): Promise<void> {
  await change(member, { accent: null })
}

async function change(
  member: Member,
  values: { accent?: string | null; logoSha256?: string | null },
  before?: (tx: Tx) => Promise<void>,
): Promise<void> {
  requireOwner(member, 'changes how reports look')
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    await before?.(tx)
    await looks.saveReportLook(tx, organisationId, { ...values, changedAt: at })
    await recordInLedger(tx, organisationId, {
      kind: 'report-look.changed',
      actor: actorOf(member),
      at,
      payload: values,
    })
  })
}
