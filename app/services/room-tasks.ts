/** What waits for somebody in their room, as one list: sorted, with how long each takes and whom to ask. */
import type { Question } from '#questionnaires/definition.ts'
import type { RoomApproval } from './room-approvals.server.ts'
import type { RoomAttestation } from './room-attestations.server.ts'
import type { RoomForm } from './room-forms.server.ts'

export type RoomTaskKind = 'questions' | 'request' | 'waiver' | 'approval' | 'attestation'

export interface RoomTask {
  kind: RoomTaskKind
  /** Of what it opens; of the link, for a report to sign. */
  id: string
  title: string
  /** YYYY-MM-DD; null where no day was set. */
  dueOn: string | null
  isOverdue: boolean
  isDone: boolean
  /** What became of it, in words; '' while it waits. */
  outcome: string
  /** About how long it takes, in minutes; of what is left. */
  minutes: number
  /** Whom to ask. */
  askedBy: string
  /** Of questions: how many, and how many are answered. */
  count?: { done: number; all: number }
}

export interface RoomSources {
  forms: readonly RoomForm[]
  requests: readonly {
    id: string
    title: string
    dueOn: string
    state: 'open' | 'answered' | 'fulfilled' | 'cancelled'
    isOverdue: boolean
    requestedByName: string
  }[]
  waivers: readonly {
    id: string
    state: 'offered' | 'signed' | 'refused' | 'withdrawn'
    service: string
    offeredByName: string
  }[]
  approvals: readonly (RoomApproval & { isOverdue: boolean })[]
  attestations: readonly RoomAttestation[]
}

const REQUEST_MINUTES = 5
const WAIVER_MINUTES = 5
const APPROVAL_MINUTES = 3
/** Each answer without full evidence is confirmed by itself. */
const ATTESTATION_MINUTES = 15

const REQUEST_OUTCOMES = {
  open: '',
  answered: 'Sent',
  fulfilled: 'Done',
  cancelled: 'No longer needed',
} as const
const WAIVER_OUTCOMES = {
  offered: '',
  signed: 'Signed',
  refused: 'Not signed',
  withdrawn: 'Taken back',
} as const
const APPROVAL_OUTCOMES = {
  ...{ asked: '', approved: 'Approved', refused: 'Not approved' },
  ...{ closed: 'No longer needed', 'taken-back': 'Taken back' },
} as const

/** What waits first, the soonest due before what has no day; what is done after it. */
export function listTasks(sources: RoomSources): RoomTask[] {
  const tasks: RoomTask[] = [
    ...sources.forms.map(formTask),
    ...sources.requests.map(({ id, title, dueOn, state, isOverdue, requestedByName }) => ({
      ...{
        kind: 'request' as const,
        id,
        title: `Send: ${title}`,
        dueOn,
        isOverdue,
        askedBy: requestedByName,
      },
      ...{ isDone: state !== 'open', outcome: REQUEST_OUTCOMES[state], minutes: REQUEST_MINUTES },
    })),
    ...sources.waivers.map(({ id, state, service, offeredByName }) => ({
      ...{
        kind: 'waiver' as const,
        id,
        title: `Decline a service: ${service}`,
        dueOn: null,
        isOverdue: false,
      },
      ...{ isDone: state !== 'offered', outcome: WAIVER_OUTCOMES[state], minutes: WAIVER_MINUTES },
      askedBy: offeredByName,
    })),
    ...sources.approvals.map(({ id, state, text, dueOn, isOverdue, askedByName }) => ({
      ...{ kind: 'approval' as const, id, title: `Decide: ${text.scope}`, dueOn, isOverdue },
      ...{ isDone: state !== 'asked', outcome: APPROVAL_OUTCOMES[state], minutes: APPROVAL_MINUTES },
      askedBy: askedByName,
    })),
    ...sources.attestations.map(({ linkId, formTitle, state, expiresAt, sentByName }) => ({
      ...{ kind: 'attestation' as const, id: linkId, title: `Read and sign: ${formTitle}`, isOverdue: false },
      dueOn: expiresAt.toISOString().slice(0, 10),
      ...{ isDone: state === 'finished', outcome: state === 'finished' ? 'Signed' : '' },
      ...{ minutes: ATTESTATION_MINUTES, askedBy: sentByName },
    })),
  ]
  return tasks
    .map((task, index) => ({ task, index }))
    .sort((a, b) => order(a.task, b.task) || a.index - b.index)
    .map(({ task }) => task)
}

const LAST = '9999-12-31'

const order = (a: RoomTask, b: RoomTask): number =>
  Number(a.isDone) - Number(b.isDone) ||
  ((a.dueOn ?? LAST) < (b.dueOn ?? LAST) ? -1 : 1) * Number(a.dueOn !== b.dueOn)

function formTask({ applicationId, formTitle, dueOn, isOverdue, isClosed, questions }: RoomForm): RoomTask {
  const waiting = isClosed ? [] : questions.filter(({ state }) => state === 'open')
  const done = questions.length - waiting.length
  const outcome =
    isClosed && questions.some(({ state }) => state === 'open') ? 'No longer needed' : 'Answered'
  return {
    ...{ kind: 'questions', id: applicationId, dueOn, isOverdue },
    title: `Answer ${questions.length === 1 ? 'a question' : `${questions.length} questions`}: ${formTitle}`,
    isDone: waiting.length === 0,
    outcome: waiting.length === 0 ? outcome : '',
    minutes: Math.max(1, Math.round(waiting.reduce((sum, { question }) => sum + minutesFor(question), 0))),
    askedBy: questions[0]?.assignedByName ?? '',
    count: { done, all: questions.length },
  }
}

/** What is chosen takes a minute, what has to be looked up more. */
function minutesFor({ kind }: Question): number {
  if (kind === 'table') return 5
  return ['number', 'percent', 'currency', 'date', 'text'].includes(kind) ? 3 : 1
}
