/** What waits for somebody at the client: files to send, papers to sign. One column, made for a phone. */
import { Link } from '@remix-run/react'
import { ChevronRight, FileSignature, Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { type RequestState, requestLook } from '../request/request-words.ts'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'
import { Time } from '../time.tsx'

export interface RoomPage {
  clientName: string
  organisationName: string
  recipientName: string
  requests: readonly {
    id: string
    title: string
    dueOn: string
    state: RequestState
    isOverdue: boolean
  }[]
  waivers: readonly { id: string; state: 'offered' | 'signed' | 'refused' | 'withdrawn'; service: string }[]
}

const WAIVER_LOOKS: Record<RoomPage['waivers'][number]['state'], StatusLook> = {
  offered: { word: 'Read and decide', icon: FileSignature, tone: 'info' },
  signed: { ...requestLook({ state: 'fulfilled', isOverdue: false }), word: 'Signed' },
  refused: { ...requestLook({ state: 'cancelled', isOverdue: false }), word: 'Not signed' },
  withdrawn: { ...requestLook({ state: 'cancelled', isOverdue: false }), word: 'Taken back' },
}

/** In the words of whoever was asked, not of whoever asks. */
const sentLook = (request: { state: RequestState; isOverdue: boolean }): StatusLook =>
  request.state === 'answered'
    ? { ...requestLook({ state: 'fulfilled', isOverdue: false }), word: 'Sent' }
    : requestLook(request)

export function Room({ page, base }: { page: RoomPage; base: string }) {
  const { requests, waivers } = page
  const waiting = [
    ...waivers.filter(({ state }) => state === 'offered').map((waiver) => ({ waiver, request: null })),
    ...requests.filter(({ state }) => state === 'open').map((request) => ({ waiver: null, request })),
  ]
  const done = [
    ...waivers.filter(({ state }) => state !== 'offered').map((waiver) => ({ waiver, request: null })),
    ...requests.filter(({ state }) => state !== 'open').map((request) => ({ waiver: null, request })),
  ]
  return (
    <SignerLayout
      kicker={`${page.organisationName} for ${page.clientName}`}
      title={`What waits for ${page.recipientName}`}
    >
      {waiting.length === 0 ? (
        <Notice kind="success" title="Nothing waits for you">
          Keep the mail: when something new comes, it appears on this page.
        </Notice>
      ) : (
        <Tasks tasks={waiting} base={base} />
      )}
      {done.length > 0 ? (
        <PageSection title="Done">
          <Tasks tasks={done} base={base} />
        </PageSection>
      ) : null}
      <p className="mt-10 text-caption text-ink-soft">
        You see here what {page.organisationName} asked you for, and nothing of anybody else. Questions? Write
        them on the page of the task, or call.
      </p>
    </SignerLayout>
  )
}

type Task =
  | { waiver: RoomPage['waivers'][number]; request: null }
  | { waiver: null; request: RoomPage['requests'][number] }

function Tasks({ tasks, base }: { tasks: readonly Task[]; base: string }) {
  return (
    <ul className="border-rule border-t">
      {tasks.map(({ waiver, request }) =>
        waiver ? (
          <TaskRow
            key={waiver.id}
            to={`${base}/waivers/${waiver.id}`}
            icon={FileSignature}
            title={`Decline a service: ${waiver.service}`}
            look={WAIVER_LOOKS[waiver.state]}
          />
        ) : (
          <TaskRow
            key={request.id}
            to={`${base}/requests/${request.id}`}
            icon={Upload}
            title={request.title}
            look={sentLook(request)}
            detail={
              request.state === 'open' ? (
                <>
                  Needed by <Time at={request.dueOn} />
                </>
              ) : null
            }
          />
        ),
      )}
    </ul>
  )
}

function TaskRow({
  to,
  icon: Icon,
  title,
  look,
  detail,
}: {
  to: string
  icon: typeof Upload
  title: string
  look: StatusLook
  detail?: ReactNode
}) {
  return (
    <li className="border-hairline border-b">
      <Link to={to} className="flex items-start gap-3 py-4 hover:bg-paper">
        <Icon aria-hidden size={19} className="mt-0.5 shrink-0 text-accent" />
        <span className="min-w-0 grow">
          <span className="wrap-anywhere block font-medium">{title}</span>
          <span className="flex flex-wrap items-baseline gap-x-4 text-caption text-ink-soft">
            <StatusBadge {...look} />
            {detail}
          </span>
        </span>
        <ChevronRight aria-hidden size={18} className="mt-1 shrink-0 text-ink-faint" />
      </Link>
    </li>
  )
}
