/** Questionnaires that an organisation writes itself: drafts checked as they are written, published for good, retired. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tx } from '#db/client.server.ts'
import * as questionnaires from '#db/queries/questionnaires.server.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { compareEditionNumbers, hashEdition } from '#questionnaires/editions.ts'
import { findEdition, findLibraryFolder } from '#questionnaires/library.server.ts'
import type { DefinitionProblem } from '#questionnaires/validate-definition.ts'
import { writeDefinition } from '#questionnaires/write-definition.ts'
import { checkDefinitionText } from './check-definition.server.ts'
import { type EditionPick, getEditionFor, isBuiltInForm, listEditionsFor } from './editions.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { makeNextEdition, makeOwnForm } from './own-edition.ts'
import { getRuntime } from './runtime.server.ts'

export type PublishOutcome =
  | { outcome: 'published'; formCode: string; edition: string; sha256: string }
  | { outcome: 'invalid'; problems: DefinitionProblem[] }

/**
 * Publishes a definition for the organisation: from now on it never changes.
 * @throws RefusedError `form-taken` for the code of a built-in form, `edition-exists`, `edition-not-newer`
 */
export async function publishDefinition(
  member: Member,
  given: { text: string; fileName: string },
): Promise<PublishOutcome> {
  const { database } = getRuntime()
  return database.inOrganisation(member.organisationId, (tx) => publishIn(tx, member, given))
}

async function publishIn(
  tx: Tx,
  member: Member,
  { text, fileName }: { text: string; fileName: string },
): Promise<PublishOutcome> {
  const { clock } = getRuntime()
  const { organisationId } = member
  const checked = checkDefinitionText(text, fileName)
  if (!checked.ok) return { outcome: 'invalid', problems: checked.problems }
  const { edition } = checked
  await refuseClash(tx, organisationId, edition)
  const at = clock()
  const row = { formCode: edition.form.code, edition: edition.edition, sha256: hashEdition(text) }
  const isNew = await questionnaires.insertOwnEdition(tx, organisationId, {
    ...row,
    source: text,
    publishedBy: member.userId,
    publishedByName: member.name,
    publishedAt: at,
  })
  if (!isNew) throw editionExists(edition)
  await recordInLedger(tx, organisationId, {
    kind: 'questionnaire.published',
    actor: actorOf(member),
    at,
    payload: row,
  })
  return { outcome: 'published', ...row }
}

async function refuseClash(tx: Tx, organisationId: string, { form, edition }: Edition): Promise<void> {
  if (isBuiltInForm(form.code)) {
    throw new RefusedError(
      'form-taken',
      `"${form.code}" is a form of the built-in library. Give yours a code of its own.`,
    )
  }
  const own = (await questionnaires.listOwnEditions(tx, organisationId)).filter(
    (row) => row.formCode === form.code,
  )
  if (own.some((row) => row.edition === edition)) throw editionExists({ form, edition })
  const newest = own
    .map((row) => row.edition)
    .sort(compareEditionNumbers)
    .at(-1)
  if (newest && compareEditionNumbers(edition, newest) < 0) {
    throw new RefusedError(
      'edition-not-newer',
      `Edition ${newest} of this form is published already. Give this one a higher number.`,
    )
  }
}

const editionExists = ({ form, edition }: Pick<Edition, 'form' | 'edition'>) =>
  new RefusedError(
    'edition-exists',
    `Edition ${edition} of "${form.code}" is published and never changes. Give this one a higher number.`,
  )

/** @returns the draft's id */
export async function createDefinitionDraft(
  member: Member,
  { name, text }: { name: string; text: string },
): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const id = newId()
  await database.inOrganisation(organisationId, (tx) =>
    questionnaires.insertDefinitionDraft(tx, organisationId, {
      id,
      name,
      source: text,
      changedByName: member.name,
      changedAt: clock(),
    }),
  )
  return id
}

/** A draft of the next edition of a form, or of a form of our own made from a built-in one. */
export async function draftFromEdition(member: Member, pick: EditionPick): Promise<string> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const today = clock().toISOString().slice(0, 10)
  const next = await database.inOrganisation(organisationId, async (tx) => {
    const { edition } = await getEditionFor(tx, organisationId, pick)
    if (!isBuiltInForm(edition.form.code)) return makeNextEdition(edition, today)
    const takenCodes = await listTakenCodes(tx, organisationId)
    return makeOwnForm(edition, { organisationName: member.organisationName, takenCodes, today })
  })
  return createDefinitionDraft(member, {
    name: `${next.form.title}, edition ${next.edition}`,
    text: writeDefinition(next),
  })
}

/** Of every form that can be seen, and of drafts that are going to be one. */
async function listTakenCodes(tx: Tx, organisationId: string): Promise<Set<string>> {
  const listed = await listEditionsFor(tx, organisationId)
  const drafts = await questionnaires.listDefinitionDrafts(tx, organisationId)
  const drafted = drafts.map(({ source, name }) => checkDefinitionText(source, `${name}.yaml`))
  return new Set([
    ...listed.map(({ edition }) => edition.form.code),
    ...drafted.flatMap((checked) => (checked.ok ? [checked.edition.form.code] : [])),
  ])
}

/** @throws NotFoundError also for a draft that is closed */
export async function getDefinitionDraft(member: Member, draftId: string) {
  const { organisationId } = member
  const row = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    questionnaires.findDefinitionDraft(tx, organisationId, draftId),
  )
  if (!row) throw new NotFoundError('No such draft')
  return { draft: row, checked: checkDefinitionText(row.source, `${row.name}.yaml`) }
}

export async function listDefinitionDrafts(member: Member) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, (tx) =>
    questionnaires.listDefinitionDrafts(tx, organisationId),
  )
}

/** @returns false when somebody else saved it since `seenVersion`: nothing was written. */
export async function saveDefinitionDraft(
  member: Member,
  change: { draftId: string; seenVersion: number; name: string; text: string },
): Promise<boolean> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    if (!(await questionnaires.findDefinitionDraft(tx, organisationId, change.draftId))) {
      throw new NotFoundError('No such draft')
    }
    return questionnaires.updateDefinitionDraft(tx, organisationId, {
      id: change.draftId,
      seenVersion: change.seenVersion,
      name: change.name,
      source: change.text,
      changedByName: member.name,
      changedAt: clock(),
    })
  })
}

export async function discardDefinitionDraft(member: Member, draftId: string): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  await database.inOrganisation(organisationId, async (tx) => {
    const isClosed = await questionnaires.closeDefinitionDraft(tx, organisationId, draftId, clock())
    if (!isClosed) throw new NotFoundError('No such draft')
  })
}

/** Publishes a draft as it stands and closes it. @throws as publishDefinition; RefusedError `draft-changed` */
export async function publishDefinitionDraft(
  member: Member,
  draftId: string,
  seenVersion: number,
): Promise<PublishOutcome> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await questionnaires.findDefinitionDraft(tx, organisationId, draftId)
    if (!row) throw new NotFoundError('No such draft')
    if (row.version !== seenVersion) {
      throw new RefusedError(
        'draft-changed',
        `${row.changedByName} changed this draft in the meantime. Reload the page and look again.`,
      )
    }
    const published = await publishIn(tx, member, { text: row.source, fileName: `${row.name}.yaml` })
    if (published.outcome === 'published') {
      await questionnaires.closeDefinitionDraft(tx, organisationId, draftId, clock())
    }
    return published
  })
}

/** Nothing new is started on a retired edition; what was started on it stays. */
export async function retireEdition(member: Member, pick: EditionPick, reason: string): Promise<void> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    await getEditionFor(tx, organisationId, pick)
    const { formCode, edition } = pick
    const row = { formCode, edition, reason }
    const isNew = await questionnaires.insertRetirement(tx, organisationId, {
      ...row,
      id: newId(),
      retiredByName: member.name,
      retiredAt: at,
    })
    if (!isNew) return
    await recordInLedger(tx, organisationId, {
      kind: 'questionnaire.retired',
      actor: actorOf(member),
      at,
      payload: row,
    })
  })
}

export async function reinstateEdition(member: Member, pick: EditionPick): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const { formCode, edition } = pick
    if (!(await questionnaires.endRetirement(tx, organisationId, { formCode, edition, at }))) {
      throw new NotFoundError('No such retired edition')
    }
    await recordInLedger(tx, organisationId, {
      kind: 'questionnaire.reinstated',
      actor: actorOf(member),
      at,
      payload: { formCode, edition },
    })
  })
}

/** The definition as its authors wrote it: its hash is the edition's. */
export async function getDefinitionText(member: Member, pick: EditionPick): Promise<string> {
  const builtIn = findEdition(pick.formCode, pick.edition)
  if (builtIn) return readFileSync(join(findLibraryFolder(), builtIn.file), 'utf8')
  const { organisationId } = member
  const row = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    questionnaires.findOwnEdition(tx, organisationId, pick.formCode, pick.edition),
  )
  if (!row) throw new NotFoundError('No such questionnaire edition')
  return row.source
}

/** Two editions to be compared, of the same form or not. @throws NotFoundError */
export async function getEditionPair(member: Member, older: EditionPick, newer: EditionPick) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const listed = await listEditionsFor(tx, organisationId)
    const find = (pick: EditionPick) =>
      listed.find(({ edition }) => edition.form.code === pick.formCode && edition.edition === pick.edition)
    const pair = [find(older), find(newer)] as const
    if (!pair[0] || !pair[1]) throw new NotFoundError('No such questionnaire edition')
    return { older: pair[0], newer: pair[1] }
  })
}
