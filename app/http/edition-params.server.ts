/** The edition that an address names. */
import { errorReply } from './error-reply.ts'

/** @throws 404 for what cannot be the name of an edition */
export function editionParam(params: { formCode?: string; edition?: string }) {
  return pickParam(`${params.formCode}/${params.edition}`)
}

/** @throws 404 as above, for `core-cyber/2` in a search parameter */
export function pickParam(text: string | null) {
  const [, formCode, edition] = /^([a-z][a-z0-9-]{0,79})\/([0-9.]{1,20})$/.exec(text ?? '') ?? []
  if (formCode && edition) return { formCode, edition }
  throw errorReply('There is no such questionnaire edition', 404)
}
