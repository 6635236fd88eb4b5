/** What has to be said before anything is checked; the dialogs and their action share these schemas. */

import { z } from 'zod'
import { cutText } from '#app/language/cut-text.ts'
import { SELECTOR } from '#evidence/checks/dkim.ts'
import { readTargets } from '#evidence/checks/targets.ts'

/** A permission is asked for again every year: people, addresses and contracts change. */
export const MAXIMUM_PERMISSION_DAYS = 366
const MAX_TARGETS = 50
const MAX_SELECTORS = 20

const TargetList = z.string().transform((typed, context): string[] => {
  const { targets, wrong } = readTargets(typed)
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  if (wrong !== null)
    return refuse(
      `“${cutText(wrong, 80)}” cannot be checked. Enter addresses, networks of at most 4,096 addresses such as 198.51.100.0/28, or host names, one a line.`,
    )
  if (targets.length === 0) return refuse('Enter at least one address, network or host name')
  if (targets.length > MAX_TARGETS) return refuse(`Enter at most ${MAX_TARGETS} targets`)
  return targets.map(({ text }) => text)
})

const line = (message: string) =>
  z
    .string()
    .transform((text) => text.replace(/\p{Cc}/gu, ' ').trim())
    .pipe(z.string().min(2, message).max(200))

/** What may be looked at, as one choice; `both` is what insurers ask about. */
export const CheckScope = z.enum(['both', 'ports', 'certificates'], 'Choose what may be looked at')

export const PermissionInput = z
  .object({
    intent: z.literal('grant'),
    targets: TargetList,
    scope: CheckScope,
    grantedByName: line('Name the person who gave the permission'),
    grantedByTitle: line('Say what this person is at the client'),
    reference: z
      .string()
      .trim()
      .min(10, 'Say which letter or message gives the permission, and of which day')
      .max(500),
    revisionId: z.union([z.literal('').transform(() => null), z.uuid()]).default(null),
    grantedOn: z.iso.date('Enter the day on which it was given'),
    expiresOn: z.iso.date('Enter the last day on which it holds'),
  })
  .refine(({ grantedOn, expiresOn }) => expiresOn >= grantedOn, {
    path: ['expiresOn'],
    message: 'The last day lies before the day on which it was given',
  })
  .refine(
    ({ grantedOn, expiresOn }) =>
      Date.parse(expiresOn) - Date.parse(grantedOn) <= MAXIMUM_PERMISSION_DAYS * 86_400_000,
    { path: ['expiresOn'], message: 'A permission holds for at most one year. Choose an earlier day.' },
  )
export type PermissionInput = z.infer<typeof PermissionInput>

export const RevokeInput = z.object({
  intent: z.literal('revoke'),
  permissionId: z.uuid(),
  reason: z.string().trim().min(5, 'Say why it no longer holds').max(500),
})

export const CheckDomainsInput = z.object({
  intent: z.literal('check-domains'),
  domains: z.array(z.string().max(253)).min(1, 'Choose a domain'),
})

export const CheckTargetsInput = z.object({
  intent: z.literal('check-targets'),
  permissionId: z.uuid(),
  targets: TargetList,
})

export const SelectorsInput = z.object({
  intent: z.literal('name-selectors'),
  domain: z.string().min(1).max(253),
  selectors: z.string().transform((typed, context): string[] => {
    const words = [
      ...new Set(
        typed
          .toLowerCase()
          .split(/[\s,;]+/)
          .filter(Boolean),
      ),
    ]
    const wrong = words.find((word) => !SELECTOR.test(word) || word.length > 63)
    const message =
      wrong !== undefined
        ? `“${cutText(wrong, 80)}” is no selector. It is the word after s= in the DKIM-Signature line of a message.`
        : words.length > MAX_SELECTORS
          ? `Name at most ${MAX_SELECTORS} selectors`
          : null
    if (message === null) return words
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }),
})

const ACTIONS = [PermissionInput, RevokeInput, CheckDomainsInput, CheckTargetsInput, SelectorsInput] as const
export type LiveCheckAction = z.infer<(typeof ACTIONS)[number]>

/** The schema that an intent asks for, so that its own field errors come back; null for an unknown intent. */
export function schemaOf(intent: unknown): z.ZodType<LiveCheckAction> | null {
  return ACTIONS.find((schema) => schema.shape.intent.value === intent) ?? null
}
