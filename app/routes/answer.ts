/** Autosave of one answer. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { answering } from '#app/http/faults.server.ts'
import { idParam, parseWith, readJson } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { Answer } from '#questionnaires/answers.ts'

const Body = z.object({
  answer: Answer.nullable(),
  seenVersion: z.number().int().nonnegative(),
  trueFrom: z.iso.date('Write a day as 2026-03-31.').optional(),
})

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const parsed = parseWith(Body, await readJson(request))
  if (!parsed.ok) {
    const fieldErrors = Object.entries(parsed.fieldErrors).map(([path, message]) => ({ path, message }))
    return Response.json({ outcome: 'invalid', fieldErrors }, { status: 400 })
  }
  const questionId = params.questionId ?? ''
  const result = await answering(() => recordAnswer(member, { ...parsed.input, applicationId, questionId }))
  return Response.json(result, {
    status: { saved: 200, invalid: 400, conflict: 409, frozen: 423 }[result.outcome],
  })
}
