/** What is said when questions are put to people at the client, and what comes back; forms and actions share it. */
import { z } from 'zod'
import { Answer } from '#questionnaires/answers.ts'
import { Day } from './form-texts.ts'
import { prose, proseOrNothing } from './plain-words.ts'
import { RoomLinkInput } from './room-input.ts'

/** More than any form has; a longer list is no form of ours. */
const MOST_AT_ONCE = 1000

const QuestionIds = z
  .array(z.string().min(1).max(120))
  .min(1, 'Choose at least one question')
  .max(MOST_AT_ONCE, 'Choose fewer questions at once')
  .transform((ids) => [...new Set(ids)])

const SeenVersion = z.coerce.number().int().positive()

export const AssignInput = RoomLinkInput.extend({
  questionIds: QuestionIds,
  dueOn: Day,
  note: proseOrNothing(1000),
})
export type AssignInput = z.output<typeof AssignInput>

/** What a member does on the page that says who answers what. */
export const AssignmentChange = z.discriminatedUnion('intent', [
  AssignInput.extend({ intent: z.literal('assign') }),
  z.object({ intent: z.literal('take-back'), questionIds: QuestionIds }),
  z.object({
    intent: z.literal('accept'),
    assignmentId: z.uuid(),
    seenVersion: SeenVersion,
    /** That of the answer on file, 0 where there is none: what was confirmed since is not overwritten. */
    answerVersion: z.coerce.number().int().nonnegative(),
  }),
  z.object({
    intent: z.literal('return'),
    assignmentId: z.uuid(),
    seenVersion: SeenVersion,
    reason: prose('Say what is missing, so that they can mend it', 1000),
  }),
])
export type AssignmentChange = z.output<typeof AssignmentChange>

/** One answer out of the room, as the form of the questionnaire sends it. */
export const RoomAnswerInput = z.object({
  /** null clears it. */
  answer: Answer.nullable(),
  seenVersion: z.number().int().positive(),
})
export type RoomAnswerInput = z.output<typeof RoomAnswerInput>

export const NotMineInput = z.object({
  intent: z.literal('not-mine'),
  assignmentId: z.uuid('Reload the page and try again'),
  seenVersion: SeenVersion,
  reason: prose('Say why it is not yours, and who might know', 1000),
})
export type NotMineInput = z.output<typeof NotMineInput>

export const QUESTION_VIEWS = ['open', 'assigned', 'all'] as const
export type QuestionView = (typeof QUESTION_VIEWS)[number]

/** From an address line: what makes no sense there is ignored. */
export const QuestionFilter = z.object({
  view: z.enum(QUESTION_VIEWS).catch('open'),
  section: z.string().max(120).catch(''),
  area: z.string().max(40).catch(''),
})
export type QuestionFilter = z.output<typeof QuestionFilter>
