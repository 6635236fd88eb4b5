import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { Link2Off, Send } from 'lucide-react'
import { Button } from '#app/components/button.tsx'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { Disclosure } from '#app/components/disclosure.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { RequestLinks } from '#app/components/request/request-links.tsx'
import { AccessTable } from '#app/components/review/access-table.tsx'
import { reviewStateLook } from '#app/components/review/review-words.ts'
import { SignedOff } from '#app/components/review/sign-off.tsx'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { DateField } from '#app/components/text-field.tsx'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { stateOfGuest } from '#app/services/guest-links.server.ts'
import { lastDayOf } from '#app/services/report-share-rules.ts'
import { ReviewChange } from '#app/services/review-input.ts'
import { changeReview, getReview } from '#app/services/reviews.server.ts'

const TOLD = {
  revoke: 'Invitation taken back: its links open nothing any more',
  extend: 'Last day changed',
  'send-again': 'Invitation sent again',
} as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const found = await answering(() => getReview(member, idParam(params.reviewId)))
  const { review, client, desk, decisions, access, links, now } = found
  const files = new Map(
    desk.items.flatMap(({ evidence }) => evidence.map(({ revisionId, title }) => [revisionId, title])),
  )
  return {
    id: review.id,
    applicationId: review.applicationId,
    engagementId: review.engagementId,
    client: { id: client.id, legalName: client.legalName },
    formTitle: desk.form.title,
    assessorName: review.assessorName,
    assessorFirm: review.assessorFirm,
    assessorEmail: review.assessorEmail,
    state: found.state,
    expiresAt: review.expiresAt,
    lastDay: lastDayOf(review.expiresAt),
    invitedByName: review.invitedByName,
    invitedAt: review.invitedAt,
    mayDownload: review.mayDownload,
    sections: review.sectionIds.length,
    evidenceFrom: review.evidenceFrom,
    evidenceUntil: review.evidenceUntil,
    instructions: review.instructions,
    decided: decisions.length,
    samples: found.samples.map(({ id, seed, drawn, population, at }) => ({
      id,
      seed,
      drawn: drawn.length,
      population: population.length,
      at,
    })),
    signOff:
      review.signedOffAt && review.opinion && review.signOff
        ? {
            opinion: review.opinion,
            summary: review.signOff.summary,
            decided: review.signOff.decided,
            questions: review.signOff.questions,
            at: review.signedOffAt,
          }
        : null,
    links: links.map(({ id, sentAt, sentByName, openedAt, expiresAt, delivery, mail, ...link }) => ({
      mail,
      id,
      sentAt,
      sentByName,
      openedAt,
      expiresAt,
      delivery,
      state: stateOfGuest({ ...link, expiresAt }, now),
    })),
    access: access
      .map(({ id, kind, at, address, userAgent, revisionId }) => ({
        id,
        kind,
        at,
        address,
        userAgent,
        file: revisionId ? (files.get(revisionId) ?? 'A file that is no longer there') : null,
      }))
      .reverse(),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const reviewId = idParam(params.reviewId)
  const parsed = parseWith(ReviewChange, formValues(await readForm(request)))
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    await changeReview(member, reviewId, parsed.input, publicOrigin(request))
    return { told: TOLD[parsed.input.intent] }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(...(page ? [`Review by ${page.assessorName}`, page.client.legalName] : ['Review'])) },
]

export default function InvitedReviewPage() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const isOpen = page.engagementId === null && (page.state === 'open' || page.state === 'expired')
  const dayError = reply && 'fieldErrors' in reply ? reply.fieldErrors.lastDay : undefined
  return (
    <>
      <PageHeader
        title={`Review by ${page.assessorName}`}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: page.client.legalName, href: `/clients/${page.client.id}` },
          { label: page.formTitle, href: `/applications/${page.applicationId}/review` },
        ]}
        meta={
          <>
            <StatusBadge shape="stamp" {...reviewStateLook[page.state]} />
            <span>
              Open until <Time at={page.lastDay} />
            </span>
          </>
        }
        actions={
          page.engagementId ? undefined : (
            <DownloadLink look="small" href={`/reviews/${page.id}/access`}>
              Export the access log
            </DownloadLink>
          )
        }
      />
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {reply && 'told' in reply ? <Notice kind="success" announce title={reply.told} /> : null}
      {page.signOff ? <SignedOff signOff={page.signOff} /> : null}
      <PageSection title="Invitation">
        <DefinitionList
          items={[
            { term: 'Assessor', value: `${page.assessorName}, ${page.assessorFirm}, ${page.assessorEmail}` },
            {
              term: 'Invited',
              value: (
                <>
                  {page.invitedByName}, <Time at={page.invitedAt} show="moment" />
                </>
              ),
            },
            {
              term: 'Scope',
              value: page.sections === 0 ? 'The whole application' : `${page.sections} sections`,
            },
            ...(page.evidenceFrom || page.evidenceUntil
              ? [
                  {
                    term: 'Evidence of',
                    value: (
                      <>
                        {page.evidenceFrom ? <Time at={page.evidenceFrom} /> : 'any day'} to{' '}
                        {page.evidenceUntil ? <Time at={page.evidenceUntil} /> : 'any day'}
                      </>
                    ),
                  },
                ]
              : []),
            { term: 'Evidence', value: page.mayDownload ? 'Shown, and may be downloaded' : 'Shown only' },
            { term: 'Decisions', value: String(page.decided) },
            ...page.samples.map((sample) => ({
              term: 'Sample',
              value: (
                <span className="wrap-anywhere">
                  {sample.drawn} of {sample.population} with the seed “{sample.seed}”,{' '}
                  <Time at={sample.at} show="moment" />
                </span>
              ),
            })),
            ...(page.instructions
              ? [
                  {
                    term: 'Told',
                    value: <span className="wrap-anywhere whitespace-pre-line">{page.instructions}</span>,
                  },
                ]
              : []),
          ]}
        />
        {isOpen ? (
          <div className="mt-5 flex flex-col gap-4">
            <div className="flex flex-wrap gap-2.5">
              <Form method="post">
                <Button type="submit" name="intent" value="send-again" icon={Send}>
                  Send a new link
                </Button>
              </Form>
              <Form method="post">
                <Button type="submit" name="intent" value="revoke" icon={Link2Off}>
                  Take the invitation back
                </Button>
              </Form>
            </div>
            <Disclosure title="Change the last day" isOpen={dayError !== undefined}>
              <Form method="post" noValidate className="flex flex-wrap items-end gap-3">
                <input type="hidden" name="intent" value="extend" />
                <DateField
                  id="lastDay"
                  name="lastDay"
                  label="Open until"
                  defaultValue={page.lastDay}
                  error={dayError}
                />
                <Button type="submit">Change</Button>
              </Form>
            </Disclosure>
          </div>
        ) : null}
      </PageSection>
      {page.engagementId ? (
        <PageSection title="How they came in">
          <p>
            By an engagement with {page.assessorFirm}, whose members sign in with accounts of their own.{' '}
            <TextLink to={`/engagements/${page.engagementId}`}>
              See what is granted and what they opened
            </TextLink>
            .
          </p>
        </PageSection>
      ) : (
        <>
          <PageSection title="Links">
            <RequestLinks links={page.links} />
          </PageSection>
          <PageSection
            title="What they did"
            lead="Each file that was opened, and each time the link was used."
          >
            <AccessTable access={page.access} />
          </PageSection>
        </>
      )}
    </>
  )
}
