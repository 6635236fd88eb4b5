import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ArrowRight, Gauge } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { answerCoverage, CoverageBar, controlCoverage } from '#app/components/coverage-bar.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { Notice } from '#app/components/notice.tsx'
import { placesOf, questionPlaces } from '#app/components/questionnaire/question-places.ts'
import { ActionList } from '#app/components/readiness/action-list.tsx'
import { AnswerGroup } from '#app/components/readiness/answer-group.tsx'
import { BlankNoesNotice, WaitingProposalsNotice } from '#app/components/readiness/before-signing.tsx'
import { BlockingList, blockingRows } from '#app/components/readiness/blocking-list.tsx'
import { ControlTable } from '#app/components/readiness/control-table.tsx'
import { ExceptionRegister } from '#app/components/readiness/exception-register.tsx'
import { ScorePanel } from '#app/components/readiness/score-panel.tsx'
import type { SourceIndex } from '#app/components/readiness/sources.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { scoreReadiness } from '#app/readiness/score.ts'
import { actionsFor, summarise } from '#app/readiness/summary.ts'
import { whatWouldSupport } from '#app/readiness/what-would-support.ts'
import { listProposalsOf } from '#app/services/answer-bank.server.ts'
import { ExceptionInput, RevokeInput } from '#app/services/exception-input.ts'
import { recordException, revokeException } from '#app/services/exceptions.server.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import { describeAnswer } from '#questionnaires/answers.ts'
import { listBlankNoes } from '#questionnaires/blank-noes.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import { findControl } from '#questionnaires/controls.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { waitingBySection } from '#questionnaires/waiting-proposals.ts'

const EXCEPTION_DAYS = 90

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const loaded = await answering(() => getReadiness(member, applicationId))
  const { application, client, edition, catalogue, readiness, input } = loaded
  const questions = new Map(listQuestions(edition).map((question) => [question.id, question]))
  const places = questionPlaces(edition, application.id)
  const { answers, circumstances } = input
  const waiting = waitingBySection(edition, {
    applicable: applicableQuestions(edition, answers, circumstances),
    answers,
    proposals: await listProposalsOf(member, applicationId),
  })
  const formPlaces = new Map(
    input.otherForms?.map(({ applicationId: id, edition: other }) => [id, questionPlaces(other, id)]),
  )
  const sources: SourceIndex = {}
  for (const { evidence, revision } of loaded.evidence) {
    sources[revision.id] = { evidenceId: evidence.id, title: evidence.title }
  }
  return {
    applicationId: application.id,
    clientId: client.id,
    isFrozen: application.state === 'frozen',
    answers: readiness.answers.flatMap((result) => {
      const question = questions.get(result.questionId)
      const place = places.get(result.questionId)
      if (!question || !place) return []
      return [
        {
          result,
          shown: describeAnswer(question, input.answers[question.id]),
          missing: ['unsupported', 'stale'].includes(result.status)
            ? whatWouldSupport(
                question,
                findControl(catalogue, result.controlId ?? ''),
                result.claims,
                catalogue,
              )
            : null,
          elsewhere: result.elsewhere.flatMap(
            (other) => formPlaces.get(other.applicationId)?.get(other.questionId) ?? [],
          ),
          ...place,
        },
      ]
    }),
    controls: readiness.controls.map((result) => ({
      ...result,
      label: catalogue.controls.find(({ id }) => id === result.controlId)?.label ?? result.controlId,
    })),
    blocking: blockingRows(readiness.blocking, places),
    blankNoes: placesOf(listBlankNoes(edition, answers, circumstances), places),
    waiting: edition.sections.flatMap(({ id, title }) => {
      const href = `/applications/${applicationId}/sections/${id}`
      return waiting[id] ? [{ title, href, count: waiting[id] }] : []
    }),
    summary: summarise(readiness),
    scores: scoreReadiness(readiness, catalogue),
    actions: actionsFor(readiness).slice(0, 5),
    sources,
    exceptions: loaded.exceptionRows.map((row) => ({
      id: row.id,
      item: places.get(row.questionId)?.item ?? '',
      scope: row.scope,
      reason: row.reason,
      compensatingControl: row.compensatingControl,
      owner: row.owner,
      approvedBy: row.approvedBy,
      expiresOn: row.expiresOn,
      approval: loaded.approvals.get(row.id) ?? null,
      isExpired: row.expiresOn < input.now.toISOString().slice(0, 10),
    })),
    exceptionDefaults: {
      owner: member.name,
      approvedBy: client.contactName ?? '',
      expiresOn: new Date(input.now.getTime() + EXCEPTION_DAYS * 86_400_000).toISOString().slice(0, 10),
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const values = formValues(await readForm(request))
  if (values.intent === 'revoke-exception') {
    const revoking = parseWith(RevokeInput, values)
    if (!revoking.ok) return data({ fieldErrors: revoking.fieldErrors }, { status: 400 })
    return acting(async () => {
      await revokeException(member, revoking.input)
      return { outcome: 'revoked' as const }
    })
  }
  const parsed = parseWith(ExceptionInput, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    await recordException(member, applicationId, parsed.input)
    return { outcome: 'recorded' as const }
  })
}

export default function ReadinessPage() {
  const page = useLoaderData<typeof loader>()
  const { summary, applicationId } = page
  const needing = page.answers.filter(({ result }) => result.status === 'contradicted')
  const carried = page.answers.filter(({ result }) => result.status === 'supported')
  const open = page.answers.filter(
    ({ result }) => result.status === 'unsupported' || result.status === 'stale',
  )
  const drifted = page.answers.filter(
    ({ result, elsewhere }) => result.status === 'not-claimed' && elsewhere.length > 0,
  )
  const unsaid = page.isFrozen ? null : (
    <div className="mb-6 space-y-4 empty:hidden">
      <BlankNoesNotice rows={page.blankNoes} />
      <WaitingProposalsNotice sections={page.waiting} />
    </div>
  )
  if (page.answers.every(({ result }) => result.claim === null)) {
    return (
      <>
        {unsaid}
        <EmptyState
          icon={Gauge}
          title="Nothing to judge yet"
          action={
            <ButtonLink variant="primary" to={`/applications/${applicationId}/sections`}>
              Answer questions
            </ButtonLink>
          }
        >
          Once questions are answered, this page shows which answers the evidence supports, which it
          contradicts, and what would change that.
        </EmptyState>
      </>
    )
  }
  return (
    <>
      {unsaid}
      <div className="mb-8 grid gap-x-12 gap-y-8 lg:grid-cols-2">
        <section>
          <h2 className="mb-3 font-semibold text-section">Controls</h2>
          <CoverageBar
            label={`${page.controls.length} controls`}
            segments={controlCoverage(summary.controls)}
          />
        </section>
        <section>
          <h2 className="mb-3 font-semibold text-section">Answers</h2>
          <CoverageBar label={`${page.answers.length} answers`} segments={answerCoverage(summary.answers)} />
        </section>
      </div>
      {page.isFrozen ? (
        <Notice
          kind="info"
          title="Closed by signature"
          action={<ButtonLink to={`/applications/${applicationId}/sign`}>See its report</ButtonLink>}
        >
          The answers were frozen into a report. This page judges them by the evidence on file today; the
          report keeps what was true when it was signed.
        </Notice>
      ) : summary.blocking > 0 ? (
        <Notice
          kind="warning"
          title={
            summary.blocking === 1
              ? 'One thing keeps this from being signed'
              : `${summary.blocking} things keep this from being signed`
          }
        >
          <BlockingList rows={page.blocking} />
        </Notice>
      ) : (
        <Notice
          kind="success"
          title="Ready to sign"
          action={
            <ButtonLink variant="primary" icon={ArrowRight} to={`/applications/${applicationId}/sign`}>
              Go to signing
            </ButtonLink>
          }
        >
          Nothing contradicted is left without an exception. Answers stated without evidence are listed in the
          report as such.
        </Notice>
      )}
      <ScorePanel scores={page.scores} />
      {page.isFrozen ? null : <ActionList actions={page.actions} />}
      <AnswerGroup
        title="Contradicted"
        lead="The evidence or another answer says otherwise. Change the answer, show better evidence, or record an exception."
        answers={needing}
        page={page}
      />
      <AnswerGroup
        title="Stated without fresh evidence"
        lead="May be true; nothing on file carries it. The report says so."
        answers={open}
        page={page}
      />
      <AnswerGroup
        title="Changed since the last signed form"
        lead="Claimed then and not claimed now. The answer may be right; the insurer may have to be told."
        answers={drifted}
        page={page}
      />
      <AnswerGroup title="Supported" answers={carried} page={page} isFolded />
      {page.exceptions.length > 0 ? (
        <ExceptionRegister
          exceptions={page.exceptions}
          isFrozen={page.isFrozen}
          registerHref={`/clients/${page.clientId}/exceptions`}
        />
      ) : null}
      <ControlTable controls={page.controls} sources={page.sources} />
    </>
  )
}
