import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, unstable_usePrompt as usePrompt } from '@remix-run/react'
import type { HeldAnswer } from '#app/components/questionnaire/question-card.tsx'
import { SectionForm } from '#app/components/questionnaire/section-form.tsx'
import { hasUnfinishedAnswer } from '#app/components/questionnaire/unsaved-work.ts'
import { errorReply } from '#app/http/error-reply.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getSectionPage } from '#app/services/section-page.server.ts'

const GAP_DAYS = 14

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const page = await answering(() => getSectionPage(member, idParam(params.applicationId)))
  const { application, edition, answerRows, readiness, input, client } = page
  const section = edition.sections.find(({ id }) => id === params.sectionId)
  if (!section) throw errorReply('This edition has no such section', 404)
  const held: Record<string, HeldAnswer> = {}
  for (const row of answerRows) {
    held[row.questionId] = {
      answer: row.answer,
      version: row.version,
      answeredAt: row.answeredAt.toISOString(),
    }
  }
  return {
    applicationId: application.id,
    clientId: client.id,
    isFrozen: application.state === 'frozen',
    edition,
    sectionId: section.id,
    held,
    readiness: readiness.answers,
    proposals: page.proposals,
    holders: page.holders,
    circumstances: input.circumstances,
    evidenceChoices: page.evidenceChoices,
    now: input.now,
    gapDefaults: {
      owner: client.contactName ?? member.name,
      dueOn: new Date(input.now.getTime() + GAP_DAYS * 86_400_000).toISOString().slice(0, 10),
    },
  }
}

export default function SectionPage() {
  const page = useLoaderData<typeof loader>()
  usePrompt({
    message: 'An answer on this page is not complete and is not saved. Leave and lose what was typed?',
    when: ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname && hasUnfinishedAnswer(),
  })
  // What was typed belongs to one application, even where the next has the same edition.
  return <SectionForm key={page.applicationId} {...page} />
}
