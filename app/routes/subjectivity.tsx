import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import {
  AnswerForm,
  DecisionForm,
  ExtensionForm,
  WithdrawForm,
} from '#app/components/subjectivity/reply-forms.tsx'
import { SubjectivityBadge } from '#app/components/subjectivity/standing.tsx'
import { SubjectivityFacts } from '#app/components/subjectivity/subjectivity-facts.tsx'
import { SubjectivityHistory } from '#app/components/subjectivity/subjectivity-history.tsx'
import { clockWords, replyTexts } from '#app/components/subjectivity/subjectivity-words.ts'
import { answering } from '#app/http/faults.server.ts'
import { formValues, idParam, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { answerReply, type ReplyIntent } from '#app/http/subjectivity-replies.server.ts'
import { getSubjectivity } from '#app/services/subjectivities.server.ts'
import { TIMING_WORDS } from '#app/services/subjectivity-input.ts'
import { isPending } from '#app/services/subjectivity-standing.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const page = await answering(() => getSubjectivity(member, idParam(params.subjectivityId)))
  const { condition, client, application, formTitle, evidence } = page
  return {
    condition,
    client: { id: client.id, legalName: client.legalName },
    application: { id: application.id, formTitle, edition: application.edition },
    evidence,
    today: new Date().toISOString().slice(0, 10),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const subjectivityId = idParam(params.subjectivityId)
  const values = formValues(await readForm(request))
  return answerReply(member, subjectivityId, values, replyTexts(values))
}

const titleOf = (reference: string | null) => (reference ? `Condition ${reference}` : 'Condition')

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? titleOf(page.condition.reference) : 'Condition') },
]

const SAVED: Record<ReplyIntent, string> = {
  answer: 'The answer is recorded. It now waits for the insurer.',
  decide: 'The insurer’s decision is recorded.',
  extend: 'The extension is recorded. The new day counts.',
  withdraw: 'The condition is withdrawn. It stays readable here.',
}

export default function SubjectivityPage() {
  const { condition, client, application, evidence, today } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { version, withdrawnAt, timing } = condition
  const here = `/applications/${application.id}`
  const of = (form: ReplyIntent) => {
    const own = result && 'typed' in result && result.form === form ? result : null
    return {
      texts: own?.typed ?? {},
      chosen: own?.chosen ?? [],
      fieldErrors: own && 'fieldErrors' in own ? own.fieldErrors : undefined,
      isOpen: own !== null,
    }
  }
  const dated = (name: string, form: ReplyIntent) => ({ [name]: today, ...of(form).texts })
  const pending = isPending(condition)
  return (
    <>
      <PageHeader
        title={titleOf(condition.reference)}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
          { label: application.formTitle, href: here },
          { label: 'Subjectivities', href: `${here}/subjectivities` },
        ]}
        meta={
          <>
            <SubjectivityBadge condition={condition} shape="stamp" />
            <span>{TIMING_WORDS[timing]}</span>
            <span>{clockWords(condition)}</span>
          </>
        }
      />
      {result ? <Outcome result={result} /> : null}
      <blockquote className="wrap-anywhere my-5 max-w-measure whitespace-pre-line border-accent border-s-4 ps-4 text-lead">
        {condition.condition}
      </blockquote>
      <SubjectivityFacts condition={condition} />
      {pending ? (
        <PageSection
          title="Answer it"
          lead="Line by line: one answer to this one condition, with the evidence for it."
        >
          <AnswerForm
            key={version}
            {...of('answer')}
            version={version}
            evidence={evidence}
            controlId={condition.controlId}
            addTo={`/clients/${client.id}/evidence#add`}
            alike={result && 'alike' in result ? result.alike : undefined}
          />
        </PageSection>
      ) : null}
      {withdrawnAt ? null : (
        <PageSection title="What else happened">
          <div className="flex flex-col">
            <Folded title="The insurer decided" isOpen={of('decide').isOpen}>
              <DecisionForm
                key={version}
                {...of('decide')}
                texts={dated('decidedOn', 'decide')}
                version={version}
              />
            </Folded>
            {pending ? (
              <Folded title="The insurer gave more time" isOpen={of('extend').isOpen}>
                <ExtensionForm
                  key={version}
                  {...of('extend')}
                  texts={dated('grantedOn', 'extend')}
                  version={version}
                />
              </Folded>
            ) : null}
            <Folded title="It was entered by mistake" isOpen={of('withdraw').isOpen}>
              <WithdrawForm key={version} {...of('withdraw')} version={version} />
            </Folded>
          </div>
        </PageSection>
      )}
      <PageSection title="History" lead="The newest first. Nothing in it is changed or deleted.">
        <SubjectivityHistory history={condition} />
      </PageSection>
    </>
  )
}

function Folded(props: { title: string; isOpen: boolean; children: ReactNode }) {
  return (
    <details open={props.isOpen} className="border-rule border-t py-2 last:border-b">
      <summary className="min-h-(--control-height) cursor-pointer py-2 font-medium">{props.title}</summary>
      <div className="pt-2 pb-4">{props.children}</div>
    </details>
  )
}

function Outcome({ result }: { result: NonNullable<ReturnType<typeof useActionData<typeof action>>> }) {
  if ('refusal' in result) return <Notice kind="danger" announce title={result.refusal.message} />
  if (result.outcome === 'saved') return <Notice kind="success" announce title={SAVED[result.form]} />
  if (result.outcome !== 'conflict') return null
  return (
    <Notice kind="warning" announce title="Somebody recorded something about this condition in the meantime">
      Nothing of yours was recorded. Look at the history below; what you typed still stands in its form.
    </Notice>
  )
}
