import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRevalidator } from '@remix-run/react'
import { ArrowRight } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ButtonLink } from '#app/components/button.tsx'
import { Notice } from '#app/components/notice.tsx'
import { type HeldAnswer, QuestionCard } from '#app/components/questionnaire/question-card.tsx'
import { SectionMenu } from '#app/components/questionnaire/section-menu.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import { type Answer, type Answers, progressOf } from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'

const GAP_DAYS = 14

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { application, edition, answerRows, readiness, input, client } = await answering(() =>
    getReadiness(member, idParam(params.applicationId)),
  )
  const section = edition.sections.find(({ id }) => id === params.sectionId)
  if (!section) throw data({ sentence: 'This edition has no such section' }, { status: 404 })
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
    now: input.now,
    gapDefaults: {
      owner: client.contactName ?? member.name,
      dueOn: new Date(input.now.getTime() + GAP_DAYS * 86_400_000).toISOString().slice(0, 10),
    },
  }
}

const NOTHING: HeldAnswer = { answer: null, version: 0, answeredAt: null }

export default function SectionPage() {
  const page = useLoaderData<typeof loader>()
  const { edition, sectionId, applicationId, isFrozen } = page
  const { answers, takeAnswer } = useAnswers(page.held)
  const section = edition.sections.find(({ id }) => id === sectionId)
  const applicable = useMemo(() => applicableQuestions(edition, answers), [edition, answers])
  const progress = useMemo(() => progressOf(edition, answers), [edition, answers])
  const judged = useMemo(
    () => new Map(page.readiness.map((item) => [item.questionId, item])),
    [page.readiness],
  )
  if (!section) return null
  const position = edition.sections.indexOf(section)
  const next = edition.sections
    .slice(position + 1)
    .find(({ id }) => (progress.find(({ sectionId: other }) => other === id)?.applicable ?? 0) > 0)
  const attentionIn = (questionIds: string[]) =>
    questionIds.filter((id) => judged.get(id)?.status === 'contradicted' && !judged.get(id)?.exceptionId)
      .length

  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[17rem_minmax(0,1fr)]">
      <SectionMenu
        sections={edition.sections.map((other, index) => ({
          id: other.id,
          title: other.title,
          href: `/applications/${applicationId}/sections/${other.id}`,
          answered: (progress[index]?.answered ?? 0) + (progress[index]?.dontKnow ?? 0),
          total: progress[index]?.applicable ?? 0,
          current: other.id === sectionId,
          attention: attentionIn(other.questions.map(({ id }) => id)),
        }))}
      />
      <div className="min-w-0">
        <h2 className="font-semibold text-section">{section.title}</h2>
        {section.intro ? <p className="mt-1 mb-4 max-w-measure text-ink-soft">{section.intro}</p> : null}
        {isFrozen ? (
          <Notice kind="info" title="Closed by signature">
            A report of this application was signed. The answers stay as they were signed.
          </Notice>
        ) : null}
        <div className="mt-4">
          {section.questions
            .filter(({ id }) => applicable.has(id))
            .map((question) => (
              <QuestionCard
                key={`${applicationId}/${question.id}`}
                question={question}
                saveUrl={`/applications/${applicationId}/answers/${question.id}`}
                held={page.held[question.id] ?? NOTHING}
                readiness={judged.get(question.id) ?? null}
                evidenceHref={`/clients/${page.clientId}/evidence?question=${applicationId}/${question.id}&control=${question.control ?? ''}#add`}
                gapDefaults={page.gapDefaults}
                now={page.now}
                isFrozen={isFrozen}
                onSaved={takeAnswer}
              />
            ))}
        </div>
        <div className="flex flex-wrap gap-3 border-hairline border-t pt-6">
          {next ? (
            <ButtonLink
              variant="primary"
              icon={ArrowRight}
              to={`/applications/${applicationId}/sections/${next.id}`}
            >
              Next: {next.title}
            </ButtonLink>
          ) : (
            <ButtonLink variant="primary" icon={ArrowRight} to={`/applications/${applicationId}/readiness`}>
              See what the evidence says
            </ButtonLink>
          )}
        </div>
      </div>
    </div>
  )
}

const REVALIDATE_AFTER_MS = 400

/** The answers as this page knows them: branching follows at once, the server's view a moment later. */
function useAnswers(held: Record<string, HeldAnswer>) {
  const [local, setLocal] = useState<Record<string, Answer | null>>({})
  const revalidator = useRevalidator()
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const revalidate = useRef(revalidator.revalidate)
  revalidate.current = revalidator.revalidate
  useEffect(() => () => clearTimeout(timer.current), [])

  const takeAnswer = useCallback((questionId: string, answer: Answer | null) => {
    setLocal((before) => ({ ...before, [questionId]: answer }))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => revalidate.current(), REVALIDATE_AFTER_MS)
  }, [])

  const answers = useMemo(() => {
    const all: Record<string, Answer> = {}
    for (const [questionId, { answer }] of Object.entries(held)) {
      const current = questionId in local ? local[questionId] : answer
      if (current) all[questionId] = current
    }
    for (const [questionId, answer] of Object.entries(local)) if (answer) all[questionId] = answer
    return all as Answers
  }, [held, local])
  return { answers, takeAnswer }
}
