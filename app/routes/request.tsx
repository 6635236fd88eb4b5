import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { kindGroupsOf } from '#app/components/evidence/evidence-options.ts'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { RequestLinks } from '#app/components/request/request-links.tsx'
import { AnsweredSteps, SaySomething, WaitingSteps } from '#app/components/request/request-steps.tsx'
import { requestLook } from '#app/components/request/request-words.ts'
import { TakeFile } from '#app/components/request/take-file.tsx'
import { Thread } from '#app/components/request/thread.tsx'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { changeRequest } from '#app/services/request-changes.server.ts'
import { RequestChange } from '#app/services/request-input.ts'
import { getRequestThread } from '#app/services/request-thread.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const thread = await answering(() => getRequestThread(member, idParam(params.requestId)))
  const { request: row, client, entries, evidence, control } = thread
  const catalogue = loadCatalogue()
  const taken = new Set(entries.flatMap(({ fileEntryId }) => fileEntryId ?? []))
  return {
    request: {
      id: row.id,
      title: row.title,
      message: row.message,
      recipientName: row.recipientName,
      recipientEmail: row.recipientEmail,
      dueOn: row.dueOn,
      state: row.state,
      isOverdue: row.isOverdue,
      requestedByName: row.requestedByName,
      requestedAt: row.requestedAt,
    },
    client: { id: client.id, legalName: client.legalName },
    question: thread.question,
    evidence: evidence && { id: evidence.id, title: evidence.title, kind: evidence.kind },
    entries: entries.map(({ id, kind, side, authorName, text, at, fileName, sizeBytes }) => ({
      id,
      kind,
      side,
      authorName,
      text,
      at,
      fileName,
      sizeBytes,
      isTaken: taken.has(id),
    })),
    links: thread.links,
    colleagues: thread.colleagues.map(({ name }) => ({ name })),
    kindGroups: kindGroupsOf(catalogue, catalogue.controls.find(({ id }) => id === control) ?? null),
    today: thread.today,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const requestId = idParam(params.requestId)
  const values = formValues(await readForm(request))
  const parsed = parseWith(RequestChange, values)
  if (!parsed.ok) {
    const wrong = {
      intent: String(values.intent),
      entryId: String(values.fileEntryId ?? ''),
      fieldErrors: parsed.fieldErrors,
    }
    return data({ wrong }, { status: 400 })
  }
  return acting(() => changeRequest(member, requestId, parsed.input, publicOrigin(request)))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(...(page ? [page.request.title, page.client.legalName] : ['Request'])) },
]

export default function RequestPage() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const { request, client, evidence, entries, links } = page
  const isWaiting = request.state === 'open' || request.state === 'answered'
  const wrong = reply && 'wrong' in reply ? reply.wrong : undefined
  const isToHandOver =
    request.state === 'open' &&
    links.length > 0 &&
    links.every(({ delivery, openedAt }) => delivery === 'preparer' && openedAt === null)
  return (
    <>
      <PageHeader
        title={request.title}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
          { label: 'Requests', href: `/clients/${client.id}/requests` },
        ]}
        meta={
          <>
            <StatusBadge shape="stamp" {...requestLook(request)} />
            <span>
              Due <Time at={request.dueOn} />
            </span>
          </>
        }
        actions={
          <DownloadLink look="small" href={`/requests/${request.id}/export`}>
            Export the thread
          </DownloadLink>
        }
      />
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {reply && 'told' in reply ? <Notice kind="success" announce title={reply.told} /> : null}
      {isToHandOver ? (
        <Notice kind="warning" title="Not sent yet: mails do not leave from here">
          Hand the link to {request.recipientName} yourself. It stands in the mail that waits for you:{' '}
          <TextLink to="/outbox">open the outbox</TextLink>.
        </Notice>
      ) : null}
      <PageSection title="What was asked">
        <DefinitionList
          items={[
            {
              term: 'Asked',
              value: (
                <span className="wrap-anywhere">
                  {request.recipientName}, {request.recipientEmail}
                </span>
              ),
            },
            {
              term: 'By',
              value: (
                <>
                  {request.requestedByName}, <Time at={request.requestedAt} show="moment" />
                </>
              ),
            },
            ...(page.question
              ? [
                  {
                    term: 'For the question',
                    value: (
                      <TextLink to={page.question.href}>
                        {page.question.item}: {page.question.prompt}
                      </TextLink>
                    ),
                  },
                ]
              : []),
            ...(evidence
              ? [
                  {
                    term: 'A newer version of',
                    value: <TextLink to={`/evidence/${evidence.id}`}>{evidence.title}</TextLink>,
                  },
                ]
              : []),
          ]}
        />
        <p className="wrap-anywhere mt-4 max-w-measure whitespace-pre-line">{request.message}</p>
      </PageSection>
      <PageSection title="What came of it">
        {entries.length === 0 ? (
          <p className="max-w-measure text-ink-soft">
            Nothing yet. What {request.recipientName} sends or writes appears here, and you get a mail.
          </p>
        ) : (
          <Thread
            entries={entries}
            below={(entry) => {
              const row = entries.find(({ id }) => id === entry.id)
              if (!row?.fileName) return null
              if (row.isTaken || request.state === 'cancelled') {
                return (
                  <p className="mt-3">
                    <DownloadLink look="small" href={`/requests/${request.id}/files/${entry.id}`}>
                      Download
                    </DownloadLink>
                  </p>
                )
              }
              return (
                <TakeFile
                  requestId={request.id}
                  entry={row}
                  kindGroups={page.kindGroups}
                  fixedKind={evidence?.kind ?? null}
                  today={page.today}
                  isWaiting={isWaiting}
                  fieldErrors={
                    wrong?.intent === 'accept' && wrong.entryId === entry.id ? wrong.fieldErrors : undefined
                  }
                />
              )
            }}
          />
        )}
      </PageSection>
      {request.state === 'answered' ? (
        <PageSection title="Not what you need?">
          <AnsweredSteps recipientName={request.recipientName} wrong={wrong} />
        </PageSection>
      ) : null}
      {isWaiting ? (
        <PageSection title="While it waits">
          <WaitingSteps
            dueOn={request.dueOn}
            hasOpenLink={links.some(({ state }) => state === 'open')}
            wrong={wrong}
          />
        </PageSection>
      ) : null}
      <PageSection title="Write about it">
        <SaySomething
          // What was sent leaves the field.
          key={entries.length}
          recipientName={request.recipientName}
          colleagues={page.colleagues}
          isSettled={!isWaiting}
          wrong={wrong}
        />
      </PageSection>
      <PageSection title="Links" lead="Each mail has one. All of them lead to this request only.">
        <RequestLinks links={links} />
      </PageSection>
    </>
  )
}
