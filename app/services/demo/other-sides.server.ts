/** What the others do in the demo workspace: the insurer, its assessor, and the clients' people. */
import { declarationOf } from '#app/report/waiver/declaration.ts'
import { recordBinder, recordQuote } from '../bindings.server.ts'
import { recordConversation } from '../conversations.server.ts'
import { raiseDispute } from '../disputes.server.ts'
import { requestEvidence } from '../evidence-requests.server.ts'
import { listFindings } from '../finding-register.server.ts'
import { enterGuestCode, sendGuestCode } from '../guest-door.server.ts'
import { listOutbox } from '../mail-outbox.server.ts'
import type { Member } from '../member.ts'
import { RegisterSearch } from '../register-input.ts'
import { replyToRequest } from '../request-visit.server.ts'
import { recordResponsibility } from '../responsibility.server.ts'
import type { ResponsibleParty } from '../responsibility-input.ts'
import type { DecisionInput } from '../review-input.ts'
import { decide, visitReview } from '../review-visit.server.ts'
import { inviteAssessor } from '../reviews.server.ts'
import { getRuntime } from '../runtime.server.ts'
import { recordSubjectivity } from '../subjectivities.server.ts'
import { usualExpiry } from '../subjectivity-input.ts'
import { answerSubjectivity } from '../subjectivity-replies.server.ts'
import { getOfferedWaiver, signWaiver } from '../waiver-signing.server.ts'
import { createWaiver, offerWaiver } from '../waivers.server.ts'
import { dayFrom, type demoClients } from './clients.ts'
import { until } from './waiting.server.ts'

type Clients = ReturnType<typeof demoClients>
interface Subject {
  clientId: string
  applicationId: string
}

const INSURER = 'Harbor Mutual'
const QUOTE = 'HM-Q-20418'
const CALLER = { address: '', userAgent: 'demo workspace' }

const keyOf = (href: string) => ({ token: href.split('/').at(-1) ?? '', session: null })

/** The insurer has bound the cover, on two conditions; its assessor is half way through the answers. */
export async function addInsurer(member: Member, { applicationId }: Subject, origin: string): Promise<void> {
  const now = getRuntime().clock()
  await recordQuote(member, applicationId, 0, {
    insurer: INSURER,
    quoteReference: QUOTE,
    quotedOn: dayFrom(now, -14),
  })
  const boundOn = dayFrom(now, -6)
  const binder = { boundOn, binderExpiresOn: usualExpiry(boundOn), expirySource: null }
  await recordBinder(member, applicationId, 1, binder)
  const condition = {
    source: `Quote ${QUOTE}, last section`,
    timing: 'post-bind' as const,
    ownerName: member.name,
    ownerSide: 'provider' as const,
    dueOn: null,
  }
  const restore = await recordSubjectivity(member, applicationId, {
    ...condition,
    reference: '1',
    condition: 'Provide the record of a restore test that is not older than 90 days.',
    controlId: 'backup-restore-test',
    dueDays: 30,
  })
  await answerSubjectivity(member, restore, {
    answer:
      'The practice server was restored from the separate copy forty days ago, complete and within four hours. The log names the files that were compared.',
    evidenceIds: [],
  })
  await recordSubjectivity(member, applicationId, {
    ...condition,
    reference: '2',
    condition: 'Multi-factor authentication for every administrator of the network equipment.',
    controlId: 'mfa-network-infra-admin',
    dueDays: 60,
  })
  await reviewHalf(member, applicationId, origin)
}

type Decision = Pick<DecisionInput, 'kind' | 'note'>
const DECISIONS: Record<string, Decision> = {
  'mfa-email': { kind: 'accepted', note: '' },
  'mfa-remote-access': {
    kind: 'accepted-with-note',
    note: 'The policy names two emergency accounts. Keep their monitoring in view.',
  },
  'restore-test': { kind: 'asked', note: 'Which systems were restored, and who compared the files?' },
}

async function reviewHalf(member: Member, applicationId: string, origin: string): Promise<void> {
  const recipient = 'rosa.imani@harbormutual.example'
  const { href } = await inviteAssessor(
    member,
    applicationId,
    {
      assessorName: 'Rosa Imani',
      assessorFirm: INSURER,
      assessorEmail: recipient,
      sectionIds: [],
      evidenceFrom: null,
      evidenceUntil: null,
      mayDownload: false,
      instructions: '',
      lastDay: dayFrom(getRuntime().clock(), 30),
    },
    origin,
  )
  const key = keyOf(href)
  await sendGuestCode('review', key)
  const mail = (await listOutbox(member)).find((one) => one.recipient === recipient && one.content?.code)
  const entered = await enterGuestCode('review', key, mail?.content?.code ?? '', CALLER)
  if (entered.outcome !== 'open') throw new Error('The code that was just sent does not open the review')
  const open = { ...key, session: entered.session }
  const { desk } = await visitReview(open)
  for (const { questionId, basisSha256, decisions } of desk.items) {
    const said = DECISIONS[questionId]
    if (!said) continue
    await decide(open, {
      ...said,
      ground: null,
      questionId,
      basis: basisSha256,
      seen: decisions.length,
    })
  }
}

/** A client that was asked, with a finding that the insurer has from somebody else's address. */
export async function addRequests(
  member: Member,
  { clientId, applicationId }: Subject,
  { contactName, contactEmail }: Clients['accounting'],
  origin: string,
): Promise<void> {
  const now = getRuntime().clock()
  const asked = { recipientName: contactName ?? '', recipientEmail: contactEmail ?? '' }
  await requestEvidence(
    member,
    clientId,
    {
      ...asked,
      title: 'Record of the last restore test',
      questionRef: `${applicationId}/restore-test`,
      message:
        'The insurer wants a restore test of the last twelve months: its day, what was restored, and who did it.',
      dueOn: dayFrom(now, 5),
    },
    origin,
  )
  const calls = await requestEvidence(
    member,
    clientId,
    {
      ...asked,
      title: 'How changes of bank details are called back',
      questionRef: `${applicationId}/payment-callback`,
      message: 'Please send the written procedure, or say how it is done and since when.',
      dueOn: dayFrom(now, 9),
    },
    origin,
  )
  await replyToRequest(
    keyOf(calls.href),
    {
      intent: 'reply',
      text: 'Ana in accounts calls the number that we have on file, never one from the mail. I will ask her for the procedure.',
    },
    origin,
  )
  await disputeFirst(member, clientId)
  const agreed: [string, ResponsibleParty][] = [
    ['mfa-email', 'provider'],
    ['backup-restore-test', 'provider'],
    ['payment-callback', 'client'],
    ['training-annual', 'nobody'],
  ]
  for (const [controlId, party] of agreed) {
    const agreement = { party, thirdParty: null, note: null, agreedOn: dayFrom(now, -60) }
    await recordResponsibility(member, clientId, { controlId, seenVersion: 0, ...agreement })
  }
}

async function disputeFirst(member: Member, clientId: string): Promise<void> {
  const read = () => listFindings(member, clientId, RegisterSearch.parse({}))
  await until('The register', async () => (await read()).pending === 0)
  const [finding] = (await read()).rows
  if (!finding) return
  const today = getRuntime().clock()
  await raiseDispute(member, clientId, finding.id, {
    insurer: INSURER,
    reference: null,
    ground: 'already-fixed',
    explanation: 'The update was installed after the scan. The next scan will show it as fixed.',
    raisedOn: dayFrom(today, -1),
    answerBy: dayFrom(today, 1),
    evidenceIds: [],
  })
}

/** A client that declined what its provider offered, and signed that it did. */
export async function addWaiver(
  member: Member,
  { clientId }: Subject,
  { contactName, contactTitle, contactEmail }: Clients['joinery'],
): Promise<void> {
  const now = getRuntime().clock()
  const name = contactName ?? ''
  const email = contactEmail ?? ''
  const waiverId = await createWaiver(
    member,
    clientId,
    {
      service: 'Multi-factor authentication for the VPN',
      controlIds: ['mfa-remote-access'],
      serviceOfferedOn: dayFrom(now, -45),
      risk: 'Whoever has one password of {client} is inside its network, as if they sat in the office.',
      consequence:
        'Insurers ask whether every remote access needs a second factor. The answer is no, and some of them will not offer cover for ransomware.',
      decisionMakerName: name,
      decisionMakerRole: contactTitle ?? '',
      decisionMakerEmail: email,
      clientReason: 'The firewall is replaced in spring, and we do not want to pay for two of them.',
      reviewOn: dayFrom(now, 120),
    },
    { template: null, replaces: null },
  )
  await offerWaiver(member, waiverId, 1)
  const { text } = await getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    getOfferedWaiver(tx, member.organisationId, { waiverId, clientId, email }),
  )
  await signWaiver(member.organisationId, waiverId, {
    name,
    email,
    record: { method: 'demo workspace', ...CALLER, typedName: name, consent: declarationOf(text) },
  })
}

/** One client was talked with lately; the others wait for a call. */
export async function addConversation(member: Member, { clientId }: Subject): Promise<void> {
  const now = getRuntime().clock()
  await recordConversation(member, clientId, {
    heldOn: dayFrom(now, -9),
    channel: 'call',
    talkedWith: 'Miriam Okafor',
    summary:
      'Went through the two conditions of the binder. The network equipment gets its second factor this month.',
    insurer: INSURER,
    broker: 'Quayside Brokers',
    requirements: 'Restore test within 30 days; MFA for the network equipment within 60 days.',
    nextStep: 'Send the broker the response to the conditions',
    nextStepOn: dayFrom(now, 7),
  })
}
