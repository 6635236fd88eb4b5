/** Questions that evidence is attached to (`applicationId/questionId`): checked on the way in, named on the way out. */
import type { Tx } from '#db/client.server.ts'
import * as applications from '#db/queries/applications.server.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { findEditionFor } from './editions.server.ts'
import { RefusedError } from './errors.ts'

export interface NamedQuestion {
  ref: string
  /** The form's own number of the question. */
  item: string
  prompt: string
  formTitle: string
  href: string
}

/** Those of `refs` that are questions of this client's applications, in the order given; others are left out. */
export async function nameQuestionRefs(
  tx: Tx,
  organisationId: string,
  clientId: string,
  refs: readonly string[],
): Promise<NamedQuestion[]> {
  if (refs.length === 0) return []
  const rows = await applications.listApplications(tx, organisationId, clientId)
  const editions = new Map<string, Edition | null>()
  for (const row of rows) {
    editions.set(row.id, (await findEditionFor(tx, organisationId, row))?.edition ?? null)
  }
  return [...new Set(refs)].flatMap((ref) => {
    const [applicationId, questionId] = splitRef(ref)
    const row = rows.find(({ id }) => id === applicationId)
    const edition = row && editions.get(row.id)
    const section = edition?.sections.find(({ questions }) => questions.some(({ id }) => id === questionId))
    const question = section?.questions.find(({ id }) => id === questionId)
    if (!edition || !section || !question) return []
    return [
      {
        ref,
        item: question.reference.item,
        prompt: question.prompt,
        formTitle: edition.form.title,
        href: `/applications/${applicationId}/sections/${section.id}#${questionId}`,
      },
    ]
  })
}

/** @throws RefusedError `unknown-question` for anything that is no question of an application of this client. */
export async function checkQuestionRefs(
  tx: Tx,
  organisationId: string,
  clientId: string,
  refs: readonly string[],
): Promise<void> {
  const named = await nameQuestionRefs(tx, organisationId, clientId, refs)
  if (named.length === new Set(refs).size) return
  throw new RefusedError(
    'unknown-question',
    'Attach the evidence to questions of this client’s own applications.',
  )
}

function splitRef(ref: string): [string, string] {
  const slash = ref.indexOf('/')
  return [ref.slice(0, slash), ref.slice(slash + 1)]
}
