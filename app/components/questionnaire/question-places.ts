/** Where each question of an application stands: its item number, its words and its address. */
import type { Edition } from '#questionnaires/definition.ts'

export interface QuestionPlace {
  item: string
  prompt: string
  href: string
}

export function questionPlaces(edition: Edition, applicationId: string): ReadonlyMap<string, QuestionPlace> {
  return new Map(
    edition.sections.flatMap((section) =>
      section.questions.map(({ id, prompt, reference }) => [
        id,
        { item: reference.item, prompt, href: `/applications/${applicationId}/sections/${section.id}#${id}` },
      ]),
    ),
  )
}

/** For loaders: the places of some questions, in their order. */
export function placesOf(
  questions: readonly { id: string }[],
  places: ReadonlyMap<string, QuestionPlace>,
): QuestionPlace[] {
  return questions.flatMap(({ id }) => places.get(id) ?? [])
}
