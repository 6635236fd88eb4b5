import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { RouteConfigEntry } from '@remix-run/route-config'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalStatement } from '#app/report/statement.ts'
import routes from '#app/routes.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { listApplicationAssignments } from '#app/services/assignment-list.server.ts'
import { assignQuestions } from '#app/services/assignments.server.ts'
import { listSigningAuthorities } from '#app/services/authority-care.server.ts'
import { MeetingInput } from '#app/services/calendar-input.ts'
import { makeCheckpointNow } from '#app/services/checkpoints.server.ts'
import { listAssets } from '#app/services/client-assets.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { recordConversation } from '#app/services/conversations.server.ts'
import { createDefinitionDraft } from '#app/services/definitions.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { raiseDispute } from '#app/services/disputes.server.ts'
import { registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import { requestNewerEvidence } from '#app/services/evidence-requests.server.ts'
import { askApproval } from '#app/services/exception-approvals.server.ts'
import { recordException } from '#app/services/exceptions.server.ts'
import { judgeFindings, listFindings } from '#app/services/finding-register.server.ts'
import { recordIncident } from '#app/services/incidents.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import { planMeeting } from '#app/services/meetings.server.ts'
import type { Member } from '#app/services/member.ts'
import { recordPolicy } from '#app/services/policies.server.ts'
import { getPolicyPage } from '#app/services/policy-page.server.ts'
import { RegisterSearch } from '#app/services/register-input.ts'
import { recordTwins } from '#app/services/report-twins.server.ts'
import { inviteAssessor } from '#app/services/reviews.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { openSession } from '#app/services/sessions.server.ts'
import { hashSlowly } from '#app/services/slow-hash.server.ts'
import { recordSubjectivity } from '#app/services/subjectivities.server.ts'
import { createWaiver, offerWaiver } from '#app/services/waivers.server.ts'
import { WebhookInput } from '#app/services/webhook-input.ts'
import { addWebhook } from '#app/services/webhooks.server.ts'
import * as accounts from '#db/queries/accounts.server.ts'
import * as claimPacks from '#db/queries/claim-packs.server.ts'
import * as documents from '#db/queries/documents.server.ts'
import { insertRequestEntry } from '#db/queries/evidence-requests.server.ts'
import { findLastEntry } from '#db/queries/ledger.server.ts'
import * as liveChecks from '#db/queries/live-checks.server.ts'
import * as mails from '#db/queries/mails.server.ts'
import { insertReattestation } from '#db/queries/reattestations.server.ts'
import * as shares from '#db/queries/report-shares.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import * as waivers from '#db/queries/waivers.server.ts'
import { exampleStatement } from '../report/example-statement.ts'
import { engage } from '../services/engagement-world.ts'
import { policyInput, typedPolicy } from '../services/policy-world.ts'
import { addScan } from '../services/register-world.ts'
import { openWorld, type World } from '../support/world.ts'
import { ACTS, type Act, MEMBERS_PASSWORD, OWNERS_ONLY, OWNERS_PAGES, requestFor } from './acts.ts'
import { intentsOf } from './intents-of.ts'
import { PUBLIC } from './public-addresses.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface RouteFile {
  /** As in the route table, with its parents' paths before it. */
  path: string
  file: string
}

function flatten(entries: readonly RouteConfigEntry[], above = ''): RouteFile[] {
  return entries.flatMap((entry) => {
    const path = [above, entry.path].filter(Boolean).join('/')
    return [{ path, file: entry.file }, ...flatten(entry.children ?? [], path)]
  })
}

const all = flatten(await (routes as unknown as RouteConfigEntry[]))
const withIds = all.filter(({ path }) => /:\w+Id/.test(path))
/** Those that a guest is led away from; guest-matrix.test.ts says which they are. */
const forMembers = all.filter(
  ({ path, file }) => !PUBLIC.includes(path) && !path.includes(':token') && file !== 'routes/workspace.tsx',
)
type Ids = Record<string, string>
/** What stands in addresses beside ids. */
const NAMED = { formCode: 'core-cyber', edition: '1', template: 'mfa' }

let world: World
let stranger: { member: Member; cookie: string }
let owner: { member: Member; cookie: string }
/** Two insurers: one holds an engagement of the owner's, the other doesn't. */
let holder: { member: Member; cookie: string }
let otherInsurer: { member: Member; cookie: string }
let ids: Record<string, string>

beforeAll(async () => {
  world = await openWorld()
  owner = await world.signUpMember('Olive Owner')
  stranger = await world.signUpMember('Sam Stranger')
  holder = await world.signUpMember('Hanna Holder', 'insurer')
  otherInsurer = await world.signUpMember('Ike Insurer', 'insurer')
  ids = await fillOrganisation(owner.member)
})

/** Pages of insurers are shown to insurers only, so that a stranger to them is one, too. */
const isInsurers = (path: string) => path.startsWith('portfolio')
const strangerTo = (path: string) => (isInsurers(path) ? otherInsurer : stranger)
const ownerOf = (path: string) => (isInsurers(path) ? holder : owner)

afterAll(() => world?.close())

const CONVERSATION = {
  heldOn: '2026-01-05',
  channel: 'call',
  talkedWith: 'Ada Approver',
  summary: 'We recommended MFA on the VPN.',
  insurer: 'Harbor Mutual',
  broker: 'Quayside Brokers',
  requirements: 'MFA for remote access',
  nextStep: 'Send the offer',
  nextStepOn: null,
} as const

const INVITATION = {
  assessorName: 'Rosa Reviewer',
  assessorFirm: 'Harbor Mutual',
  assessorEmail: 'rosa@harbor-mutual.example',
  sectionIds: [],
  evidenceFrom: null,
  evidenceUntil: null,
  mayDownload: false,
  instructions: '',
  lastDay: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10),
}
const SUBJECTIVITY = {
  reference: '12',
  condition: 'MFA on the VPN for all users.',
  source: 'Quote Q-1',
  timing: 'pre-bind',
  ownerName: 'Olive Owner',
  ownerSide: 'provider',
  controlId: null,
  dueOn: null,
  dueDays: null,
} as const

const NO_SCHEDULE = { startsOn: '', timeZone: '', localHour: '' }

const DISPUTE = {
  insurer: 'Harbor Mutual',
  reference: null,
  ground: 'already-fixed',
  explanation: 'The port was closed on the firewall in May.',
  raisedOn: '2026-01-05',
  answerBy: '2026-01-07',
} as const

const WEBHOOK = {
  name: 'Tickets',
  url: 'https://tickets.example/',
  format: 'json',
  events: ['report.signed'],
  headers: '',
}

/** One row of everything that has an id in an address. */
async function fillOrganisation(member: Member): Promise<Record<string, string>> {
  const clientId = await createClient(member, demoClients(new Date()).dental)
  const applicationId = await startApplication(member, clientId, { formCode: 'core-cyber', edition: '1' })
  const answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } } as const
  await recordAnswer(member, { applicationId, questionId: 'mfa-email', answer, seenVersion: 0 })
  const exceptionId = await recordException(member, applicationId, {
    questionId: 'mfa-email',
    scope: 'Two shared mailboxes',
    startsOn: '',
    reason: 'A reason that is long enough for the register.',
    compensatingControl: 'Something that limits the risk.',
    owner: 'Olive Owner',
    approvedBy: 'Ada Approver',
    expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  })
  const scan = '<?xml version="1.0"?><NessusClientData_v2><Report name="x"></Report></NessusClientData_v2>'
  const stored = await storeFile(member, chunks(scan))
  const held = await registerEvidence(member, clientId, stored, 'scan.nessus', {
    kind: 'vuln-scan-summary',
    title: 'Scan',
    observedOn: new Date().toISOString().slice(0, 10),
    validUntil: null,
    collector: '',
    controlIds: ['mfa-email'],
    questionRefs: [],
    viewpoint: 'internal',
  })
  if (held.outcome !== 'received' || !held.importId) throw new Error('The scan was not recognised')
  const reportId = crypto.randomUUID()
  const { organisationId } = member
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await reports.insertReport(tx, {
      organisationId,
      id: reportId,
      applicationId,
      clientId,
      state: 'awaiting-attestation',
      statement: '{}',
      statementSha256: '0'.repeat(64),
      pdfSha256: held.sha256,
      createdBy: member.userId,
      createdAt: new Date(),
    })
    const stored = { oscal: { sha256: held.sha256, sizeBytes: scan.length } }
    await recordTwins(tx, organisationId, { reportId, recordedAt: new Date(), stored })
  })
  const { requestId, fileEntryId } = await insertRequest(member, held)
  const { documentId, workbookId } = await insertDocuments(member, applicationId)
  const { assetId, findingId, findingDecisionId } = await insertRegister(member, clientId)
  const disputeId = await raiseDispute(member, clientId, findingId, { ...DISPUTE, evidenceIds: [] })
  const draftId = await createDefinitionDraft(member, { name: 'A draft', text: 'schema: 1' })
  const liveCheckIds = await insertLiveCheck(member, clientId)
  const claimIds = await insertIncident(member, clientId, held.sha256)
  const shareId = await insertShare(member, reportId)
  const { reviewId } = await inviteAssessor(member, applicationId, INVITATION, 'http://attested.test')
  const engagementId = await engage(member, holder.member, [applicationId], {
    lastDay: INVITATION.lastDay,
    mayDownload: 'on',
  })
  const conversationId = await recordConversation(member, clientId, CONVERSATION)
  const subjectivityId = await recordSubjectivity(member, applicationId, SUBJECTIVITY)
  const mailId = (await listOutbox(member))[0]?.id ?? ''
  const { id: webhookId } = await addWebhook(member, WebhookInput.parse(WEBHOOK))
  const waiverId = await insertSignedWaiver(member, clientId, held.sha256)
  const roomIds = await putToAda(member, applicationId, exceptionId)
  const policyId = await recordPolicy(member, clientId, policyInput(ofNow()))
  const [step] = (await getPolicyPage(member, policyId)).steps
  const attendees = [{ name: 'Ada', email: 'ada@client.example' }]
  const meetingId = await planMeeting(member, clientId, MeetingInput.parse({ ...MEETING, attendees }))
  const reattestationId = await insertDraftReattestation(member, { clientId, applicationId })
  await makeCheckpointNow(member)
  const [authority] = (await listSigningAuthorities(member)).authorities
  return {
    keyId: authority?.id ?? '',
    // Numbers in the organisation's own ledger: the stranger's has one entry and no checkpoint.
    checkpointId: '1',
    entryId: '5',
    ...liveCheckIds,
    ...claimIds,
    documentId,
    workbookId,
    assetId,
    findingId,
    findingDecisionId,
    disputeId,
    draftId,
    clientId,
    applicationId,
    exceptionId,
    evidenceId: held.evidenceId,
    revisionId: held.revisionId,
    importId: held.importId,
    requestId,
    fileEntryId,
    reportId,
    shareId,
    reviewId,
    engagementId,
    conversationId,
    subjectivityId,
    waiverId,
    mailId,
    webhookId,
    ...roomIds,
    reattestationId,
    policyId,
    stepId: step?.id ?? '',
    meetingId,
    twin: 'oscal',
    purpose: 're-attestation',
    sectionId: 'identity',
    questionId: 'mfa-email',
  }
}

const TECHNICIAN = 'Tina Technician'

/** Somebody who joined this owner's organisation without owning it, with as good a session. @returns its cookie */
async function addTechnician({ organisationId, hasSecondFactor }: Member): Promise<string> {
  const { database, clock } = getRuntime()
  const [id, createdAt] = [crypto.randomUUID(), clock()]
  const passwordHash = await hashSlowly(MEMBERS_PASSWORD)
  const person = { id, name: TECHNICIAN, email: `${id}@tina.example`, passwordHash, createdAt }
  await database.forSignIn(async (tx) => {
    await accounts.insertAccount(tx, person)
    await accounts.insertMembership(tx, { organisationId, userId: id, role: 'technician', createdAt })
  })
  const caller = { address: '127.0.0.1', userAgent: 'vitest' }
  return (await openSession(id, caller, { hasSecondFactor })).split(';')[0] ?? ''
}

/** A question and an exception, put to somebody at the client. */
async function putToAda(member: Member, applicationId: string, exceptionId: string) {
  const ada = {
    recipientName: 'Ada Approver',
    recipientEmail: 'ada@client.example',
    dueOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
    note: '',
  }
  const origin = 'http://attested.test'
  await assignQuestions(member, applicationId, { ...ada, questionIds: ['mfa-email'] }, origin)
  const [assigned] = (await listApplicationAssignments(member, applicationId)).rows
  const { approvalId } = await askApproval(member, exceptionId, ada, origin)
  return { assignmentId: assigned?.id ?? '', approvalId }
}

/** A policy whose renewal is under way. */
const ofNow = () => {
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
  return { inceptionOn: day(-300), expiresOn: day(65) }
}

const MEETING = {
  ...{ title: 'Quarterly review', heldOn: '2027-11-10', startsAt: '14:00', timeZone: 'America/New_York' },
  ...{ minutes: '60', place: '', agenda: '', organiserName: 'Olive', organiserEmail: 'olive@msp.example' },
}

/** A policy as its form sends it; its lists are left out. */
function policyForm(): Record<string, string> {
  const { limits: _l, sublimits: _s, endorsements: _e, notices: _n, documents: _d, ...fields } = typedPolicy()
  return { ...fields, ...ofNow(), reason: 'Because a stranger says so.' }
}

/** A request with a file that came for it; the file is one that the store holds. */
async function insertRequest(member: Member, held: { evidenceId: string; sha256: string }) {
  const { organisationId } = member
  const asked = {
    recipientName: 'Ada Approver',
    recipientEmail: 'ada@client.example',
    message: 'A newer scan, please.',
    dueOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
  }
  const sent = await requestNewerEvidence(member, held.evidenceId, asked, 'http://attested.test')
  const fileEntryId = crypto.randomUUID()
  await getRuntime().database.inOrganisation(organisationId, (tx) =>
    insertRequestEntry(tx, {
      organisationId,
      id: fileEntryId,
      requestId: sent.requestId,
      kind: 'file',
      side: 'recipient',
      authorName: 'Ada Approver',
      authorEmail: 'ada@client.example',
      text: '',
      at: new Date(),
      sha256: held.sha256,
      fileName: 'scan.nessus',
      sizeBytes: 1,
      mediaType: 'text/plain',
    }),
  )
  return { requestId: sent.requestId, fileEntryId }
}

/** Written and offered as usual; its signature is a row, because signing needs the client's decision-maker. */
async function insertSignedWaiver(member: Member, clientId: string, pdfSha256: string): Promise<string> {
  const waiverId = await createWaiver(member, clientId, waiverWords(), { template: null, replaces: null })
  await offerWaiver(member, waiverId, 1)
  const { organisationId } = member
  const signerRecord = { method: 'test', address: null, userAgent: null, typedName: 'Ada', consent: 'Yes' }
  await getRuntime().database.inOrganisation(organisationId, (tx) =>
    waivers.updateWaiver(tx, organisationId, waiverId, {
      ...{ state: 'signed', signedAt: new Date(), signerRecord },
      ...{ pdfSha256, pdfSizeBytes: 10 },
    }),
  )
  return waiverId
}

async function insertDraftReattestation(
  { organisationId, userId, name }: Member,
  about: { clientId: string; applicationId: string },
): Promise<string> {
  const id = crypto.randomUUID()
  const baseReportId = crypto.randomUUID()
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const at = new Date()
    const head = await findLastEntry(tx, organisationId)
    const ledgerHead = { sequence: head?.sequence ?? 1, hash: head?.hash ?? '' }
    await reports.insertReport(tx, {
      ...about,
      organisationId,
      id: baseReportId,
      state: 'signed',
      statement: canonicalStatement({ ...exampleStatement(), ledgerHead }),
      statementSha256: '0'.repeat(64),
      pdfSha256: '1'.repeat(64),
      createdBy: userId,
      createdAt: at,
      attestedAt: at,
    })
    await insertReattestation(tx, {
      ...about,
      organisationId,
      id,
      baseReportId,
      number: 1,
      periodFirst: '2026-04-01',
      periodLast: '9999-06-30',
      state: 'draft',
      createdBy: userId,
      createdByName: name,
      createdAt: at,
    })
  })
  return id
}

const waiverWords = () => ({
  service: 'A backup copy out of reach',
  controlIds: ['backup-saas'],
  serviceOfferedOn: '2026-01-05',
  risk: 'Whoever deletes the data deletes its backup, too.',
  consequence: 'The question about backups has to be answered no.',
  decisionMakerName: 'Ada Approver',
  decisionMakerRole: 'Owner',
  decisionMakerEmail: 'ada@client.example',
  clientReason: 'It is too dear for us.',
  reviewOn: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10),
})

/** As a row: how a report is shared is tested elsewhere. */
async function insertShare({ organisationId, userId, name }: Member, reportId: string) {
  const [id, mailId] = [crypto.randomUUID(), crypto.randomUUID()]
  const now = new Date()
  const recipientEmail = 'rita@broker.example'
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await mails.insertMail(tx, {
      organisationId,
      id: mailId,
      kind: 'report-share',
      recipient: recipientEmail,
      subject: 'A report',
      state: 'kept',
      createdAt: now,
      queuedAt: now,
      expiresAt: now,
    })
    await shares.insertShare(tx, {
      organisationId,
      id,
      reportId,
      recipientName: 'Rita Reader',
      recipientOrganisation: 'Harbour Brokers',
      recipientEmail,
      mayDownload: true,
      tokenSha256: '0'.repeat(64),
      passcodeHash: 'none',
      delivery: 'preparer',
      mailId,
      sharedBy: userId,
      sharedByName: name,
      sharedAt: now,
      expiresAt: new Date(now.getTime() + 86_400_000),
    })
  })
  return id
}

/** The pack as a row: how one is made is tested elsewhere. */
async function insertIncident(member: Member, clientId: string, sha256: string) {
  const { organisationId, userId } = member
  const day = new Date().toISOString().slice(0, 10)
  const incidentId = await recordIncident(member, clientId, {
    kind: 'outage',
    title: 'The line was down',
    occurredFrom: day,
    occurredUntil: day,
    discoveredAt: new Date(Date.now() - 1000).toISOString(),
    reportedOn: null,
    policyNumber: null,
    noticeReference: null,
    description: '',
    affectedAssetIds: [],
  })
  const packId = crypto.randomUUID()
  await getRuntime().database.inOrganisation(organisationId, (tx) =>
    claimPacks.insertClaimPack(tx, {
      organisationId,
      id: packId,
      incidentId,
      state: 'ready',
      asOf: day,
      knownOn: new Date(),
      sha256,
      sizeBytes: 1,
      requestedBy: userId,
      requestedByName: member.name,
      requestedByEmail: member.email,
      requestedAt: new Date(),
    }),
  )
  return { incidentId, packId }
}

/** As rows: what a check asks is tested elsewhere. */
async function insertLiveCheck({ organisationId, userId }: Member, clientId: string) {
  const permissionId = crypto.randomUUID()
  const checkId = crypto.randomUUID()
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await liveChecks.insertPermission(tx, {
      organisationId,
      id: permissionId,
      clientId,
      targets: ['198.51.100.7'],
      kinds: ['ports'],
      grantedByName: 'Ada Approver',
      grantedByTitle: 'Owner',
      reference: 'Letter of authority',
      grantedOn: day(-1),
      expiresOn: day(30),
      recordedBy: userId,
      recordedByName: 'Olive Owner',
      recordedAt: new Date(),
    })
    await liveChecks.insertCheck(tx, {
      organisationId,
      id: checkId,
      clientId,
      kind: 'exposure',
      subjects: ['198.51.100.7'],
      permissionId,
      state: 'queued',
      startedBy: userId,
      startedByName: 'Olive Owner',
      createdAt: new Date(),
    })
  })
  return { permissionId, checkId }
}

/** As rows: how a document and a workbook come to be is tested elsewhere. */
async function insertDocuments({ organisationId, userId }: Member, applicationId: string) {
  const documentId = crypto.randomUUID()
  const workbookId = crypto.randomUUID()
  const at = new Date()
  const sha256 = '0'.repeat(64)
  const reading = { kind: 'pdf', sha256, pages: 1, encryption: 'none', xfa: 'none', fields: [], notices: [] }
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await documents.keepCarrierDocument(tx, organisationId, {
      id: documentId,
      sha256,
      sizeBytes: 1,
      fileName: 'form.pdf',
      reading,
      receivedByName: 'Olive Owner',
      receivedAt: at,
    })
    await documents.insertWorkbookImport(tx, organisationId, {
      id: workbookId,
      applicationId,
      sha256,
      fileName: 'workbook.xlsx',
      reading: { answers: { 'mfa-cloud-admin': null }, problems: [], notices: [], notes: {} },
      uploadedBy: userId,
      uploadedByName: 'Olive Owner',
      uploadedAt: at,
    })
  })
  return { documentId, workbookId }
}

/** One asset with one finding that somebody has accepted. */
async function insertRegister(member: Member, clientId: string) {
  const hosts = { 'fs01.lake.example': { findings: [{ checkId: '1' }] } }
  await addScan(member, clientId, { on: '2026-05-01', hosts })
  const { rows } = await listAssets(member, clientId, { q: '', page: 1 })
  const findings = await listFindings(member, clientId, RegisterSearch.parse({}))
  const findingId = findings.rows[0]?.id ?? ''
  const findingDecisionId = await judgeFindings(member, clientId, {
    decision: 'false-positive',
    untilDay: '',
    reason: 'Looked at on the machine itself.',
    findingIds: [findingId],
  })
  return { assetId: rows[0]?.id ?? '', findingId, findingDecisionId }
}

async function* chunks(text: string) {
  yield new TextEncoder().encode(text)
}

interface RouteModule {
  loader?: (args: unknown) => Promise<unknown>
  action?: (args: unknown) => Promise<unknown>
}

const loadModule = async (file: string): Promise<RouteModule> =>
  import(pathToFileURL(join(root, 'app', file)).href)

/** The status a caller would see; redirects and successes are told apart from 404. */
async function statusOf(call: () => Promise<unknown> | undefined): Promise<number> {
  try {
    return readStatus(await call())
  } catch (thrown) {
    if (thrown instanceof Error) throw thrown
    return readStatus(thrown)
  }
}

function readStatus(reply: unknown): number {
  if (reply instanceof Response) return reply.status
  if (typeof reply === 'object' && reply !== null && 'init' in reply) {
    return (reply as { init: { status?: number } | null }).init?.status ?? 200
  }
  return 200
}

function callWith(path: string, cookie: string, init: RequestInit = {}, given = ids) {
  const params: Ids = {}
  const filled = `${path}${path === 'documents/:documentId/mapping' ? '?to=core-cyber/1' : ''}`.replace(
    /:(\w+)/g,
    (_match, name: string) => {
      params[name] = given[name] ?? `missing-${name}`
      return params[name]
    },
  )
  const request = new Request(`http://attested.test/${filled}`, {
    ...init,
    headers: { cookie, ...(init.headers as Record<string, string>) },
  })
  // No more than the address has: some pages are about one client with its id, and about all of them without.
  return { request, params, context: {} }
}

/** Bodies that a route of ours would accept from its owner, by the kind of thing it changes. */
function plausibleBodies(): RequestInit[] {
  const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
  const today = new Date().toISOString().slice(0, 10)
  const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) })
  const upload = new FormData()
  for (const [name, value] of Object.entries({ kind: 'plan-document', observedOn: today }))
    upload.append(name, value)
  upload.append('file', new Blob(['a plan']), 'plan.txt')
  const client = { legalName: 'Taken over', currency: 'USD', domains: '', seenVersion: '1', version: '1' }
  const attendee = { 'attendees.0.name': 'Sam Stranger', 'attendees.0.email': 'sam@stranger.example' }
  const plan = { policyId: ids.policyId ?? '', stepId: ids.stepId ?? '', seenVersion: '1' }
  const planned = {
    ...{ title: 'Taken over', detail: '', fromDays: '-9', dueDays: '-9' },
    ...{ ownerSide: 'provider', ownerName: 'Sam Stranger' },
  }
  return [
    form({ formCode: 'core-cyber', edition: '1' }),
    form({ ...client, intent: 'save' }),
    form({ intent: 'archive' }),
    form({ intent: 'restore' }),
    form({
      intent: 'withdraw',
      reason: 'Because a stranger says so.',
      conversationId: ids.conversationId ?? '',
    }),
    form({ intent: 'step-done', conversationId: ids.conversationId ?? '' }),
    form({ ...CONVERSATION, nextStepOn: '' }),
    form({ ...SUBJECTIVITY, controlId: '', dueOn: '', dueDays: '' }),
    form({ intent: 'quote', insurer: 'Taken over', quoteReference: 'Q-2', quotedOn: '', seenVersion: '0' }),
    form({ intent: 'bind', boundOn: today, binderExpiresOn: '', expirySource: '', seenVersion: '1' }),
    form({ intent: 'unbind', reason: 'Because a stranger says so.', seenVersion: '1' }),
    form({ intent: 'answer', answer: 'Taken over by a stranger, who says so.' }),
    form({
      ...{ intent: 'decide', outcome: 'closed', why: '', decidedBy: 'Sam Stranger', decidedOn: today },
      seenVersion: '1',
    }),
    form({
      ...{ intent: 'extend', newDueOn: soon, grantedBy: 'Sam Stranger', grantedOn: today },
      ...{ extensionReason: 'Because a stranger says so.', seenVersion: '1' },
    }),
    form({ intent: 'withdraw', reason: 'Because a stranger says so.', seenVersion: '1' }),
    form({ ...DISPUTE, reference: '', intent: 'raise' }),
    form({
      ...{ intent: 'settle', disputeId: ids.disputeId ?? '', seenVersion: '1', state: 'corrected' },
      ...{ outcome: 'Because a stranger says so.', answeredBy: 'Sam Stranger', answeredOn: today },
    }),
    form({
      controlId: 'mfa-email',
      party: 'client',
      thirdParty: '',
      note: '',
      agreedOn: '',
      seenVersion: '0',
    }),
    form({ 'fill[]': 'mfa-email 1', agreedOn: '' }),
    form({ ...waiverWords(), controlIds: '', 'controlIds[]': 'backup-saas', seenVersion: '1' }),
    form({ intent: 'offer', seenVersion: '1' }),
    form({ ...policyForm(), seenVersion: '1' }),
    form({ ...MEETING, ...attendee, intent: 'save', seenSequence: '0' }),
    form({ intent: 'cancel-meeting', seenSequence: '0', reason: 'Because a stranger says so.' }),
    form({ intent: 'use-dates' }),
    form({ intent: 'start-plan', ...plan }),
    form({ intent: 'withdraw-policy', reason: 'Because a stranger says so.', ...plan }),
    form({ intent: 'done', note: '', sortedAs: 'clean', ...plan }),
    form({ intent: 'skip', note: 'Because a stranger says so.', ...plan }),
    form({ intent: 'reopen', ...plan }),
    form({ intent: 'add-step', ...planned, ...plan }),
    form({ intent: 'edit-step', ...planned, ...plan }),
    form({ intent: 'make-file' }),
    form({ intent: 'save', isOn: 'on', how: 'month-day', months: '3', day: '1', seenVersion: '0' }),
    form({ ...{ intent: 'save', isOn: 'on', how: 'inherit', seenVersion: '0' }, ...NO_SCHEDULE }),
    form({ intent: 'change-dates', kind: 'skip', fromOn: soon, reason: 'Because a stranger says so.' }),
    form({ intent: 'settle', occurrenceId: crypto.randomUUID(), how: 'done' }),
    form({ intent: 'stop', subjectKey: `request:${ids.requestId}`, reason: 'Because a stranger says so.' }),
    form({ intent: 'resume', subjectKey: `request:${ids.requestId}` }),
    form({
      ...{ ownerDays: '0', leadDays: '', sponsorDays: '', leadUserId: '', sponsorName: '' },
      ...{ sponsorEmail: '', timeZone: '', localHour: '', seenVersion: '0' },
    }),
    form({ applicationId: ids.applicationId ?? '' }),
    form({
      intent: 'hand-over',
      contributorTitle: 'Stranger',
      officerName: 'Sam Stranger',
      officerTitle: 'Stranger',
      officerEmail: 'sam@stranger.example',
      certify: 'on',
    }),
    form({ intent: 'discard', reason: 'Because a stranger says so.' }),
    form({ intent: 'withdraw-waiver', because: 'mistake', reason: 'Because a stranger says so.' }),
    form({
      intent: 'supersede',
      supersededBy: ids.reportId ?? '',
      supersededReason: 'Because a stranger says so.',
    }),
    form({
      intent: 'share',
      recipientName: 'Sam Stranger',
      recipientOrganisation: 'Stranger IT',
      recipientEmail: 'sam@stranger.example',
      lastDay: soon,
      mayDownload: 'on',
    }),
    form({ intent: 'end', reason: 'Because a stranger says so.' }),
    form({ intent: 'mail-invitation' }),
    form({ intent: 'sample', size: '2', seed: 'x' }),
    form({
      intent: 'sign-off',
      opinion: 'satisfied',
      summary: 'All',
      typedName: 'Ike Insurer',
      decided: '0',
    }),
    form({ questionId: 'mfa-email', seen: '0', basis: '0'.repeat(64), kind: 'accepted' }),
    form({ intent: 'revoke-share', shareId: ids.shareId ?? '' }),
    form({ intent: 'unlock-share', shareId: ids.shareId ?? '' }),
    form({ intent: 'renew-passcode', shareId: ids.shareId ?? '' }),
    form({ intent: 'change-last-day', shareId: ids.shareId ?? '', lastDay: soon }),
    form({ intent: 'link', 'controlIds[]': 'ir-plan', controlIds: 'ir-plan' }),
    form({
      intent: 'withdraw-revision',
      revisionId: ids.revisionId ?? '',
      reason: 'Because a stranger says so.',
    }),
    form({ intent: 'copy', clientId: ids.clientId ?? '', confirmed: 'on' }),
    form({
      intent: 'request',
      recipientName: 'Sam Stranger',
      recipientEmail: 'sam@stranger.example',
      message: 'Send it to me.',
      dueOn: soon,
    }),
    form({ intent: 'cancel' }),
    form({ intent: 'send-again' }),
    form({
      intent: 'send-room-link',
      recipientName: 'Sam Stranger',
      recipientEmail: 'sam@stranger.example',
    }),
    form({ intent: 'extend', lastDay: soon }),
    form({
      intent: 'invite',
      assessorName: 'Sam Stranger',
      assessorFirm: 'Stranger IT',
      assessorEmail: 'sam@stranger.example',
      lastDay: soon,
      evidenceFrom: '',
      evidenceUntil: '',
      instructions: '',
    }),
    form({
      title: 'Something of theirs',
      questionRef: '',
      message: 'Send it to me.',
      dueOn: soon,
      recipientName: 'Sam Stranger',
      recipientEmail: 'sam@stranger.example',
    }),
    form({ intent: 'accept', fileEntryId: ids.fileEntryId ?? '', kind: 'plan-document', observedOn: today }),
    form({ applicationId: ids.applicationId ?? '', questionId: 'mfa-email', trueFrom: today }),
    form({ strings: 'NessusClientData' }),
    form({ rowsAre: 'findings', tool: 'A tool', 'column.title': 'Title', 'column.hostname': 'Host' }),
    form({
      intent: 'revoke-exception',
      exceptionId: ids.exceptionId ?? '',
      reason: 'Because a stranger says so.',
    }),
    form({
      intent: 'assign',
      'questionIds[]': 'mfa-email',
      recipientName: 'Sam Stranger',
      recipientEmail: 'sam@stranger.example',
      dueOn: soon,
      note: '',
    }),
    form({ intent: 'take-back', 'questionIds[]': 'mfa-email', approvalId: ids.approvalId ?? '' }),
    form({
      intent: 'accept',
      assignmentId: ids.assignmentId ?? '',
      seenVersion: '1',
      answerVersion: '1',
    }),
    form({
      intent: 'return',
      assignmentId: ids.assignmentId ?? '',
      seenVersion: '1',
      reason: 'Because a stranger says so.',
    }),
    form({
      intent: 'ask',
      recipientName: 'Sam Stranger',
      recipientEmail: 'sam@stranger.example',
      dueOn: soon,
      note: '',
    }),
    form({
      intent: 'renew-exception',
      exceptionId: ids.exceptionId ?? '',
      scope: 'Two shared mailboxes',
      reason: 'A reason that is long enough for the register.',
      compensatingControl: 'Something that limits the risk.',
      owner: 'Sam Stranger',
      approvedBy: 'Sam Stranger',
      expiresOn: soon,
    }),
    form({
      intent: 'record-exception',
      questionId: 'mfa-email',
      scope: 'Two shared mailboxes',
      reason: 'A reason that is long enough for the register.',
      compensatingControl: 'Something that limits the risk.',
      owner: 'Sam Stranger',
      approvedBy: 'Sam Stranger',
      expiresOn: soon,
    }),
    form({
      contributorTitle: 'Technician',
      officerName: 'Ada Approver',
      officerTitle: 'Owner',
      officerRole: 'president-or-owner',
      officerEmail: 'ada@client.example',
      certify: 'on',
    }),
    form({ typedName: 'Ada Approver', attest: 'on' }),
    form({ to: 'core-cyber/2' }),
    form({ ...WEBHOOK, intent: 'save', events: '', 'events[]': 'report.signed', seenVersion: '1' }),
    ...['test', 'switch-off', 'switch-on', 'renew-secret', 'remove'].map((intent) => form({ intent })),
    form({ intent: 'replay-span', from: today, until: today }),
    form({ intent: 'save', currency: 'USD', headcount: '12' }),
    form({ intent: 'discard' }),
    form({ intent: 'check-domains', 'domains[]': 'harbourstreet.example' }),
    form({ intent: 'check-targets', permissionId: ids.permissionId ?? '', targets: '198.51.100.7' }),
    form({ intent: 'revoke', permissionId: ids.permissionId ?? '', reason: 'Because a stranger says so.' }),
    form({ intent: 'name-selectors', domain: 'harbourstreet.example', selectors: 'acme' }),
    form({
      intent: 'grant',
      targets: '8.8.8.8',
      scope: 'both',
      grantedByName: 'Sam Stranger',
      grantedByTitle: 'Owner',
      reference: 'A letter that nobody wrote',
      revisionId: '',
      grantedOn: today,
      expiresOn: soon,
    }),
    form({ intent: 'make-pack', asOf: today }),
    form({ intent: 'close', seenVersion: '1' }),
    form({
      kind: 'other',
      title: 'Taken over',
      occurredFrom: today,
      occurredUntil: '',
      discoveredAt: `${today}T00:00`,
      reportedOn: '',
      policyNumber: '',
      noticeReference: '',
      description: '',
      seenVersion: '1',
    }),
    form({ intent: 'apply', take: 'mfa-cloud-admin 0' }),
    form({ intent: 'save', name: 'Taken over', text: 'schema: 1', seenVersion: '1' }),
    form({}),
    form({
      intent: 'judge',
      decision: 'open',
      reason: 'Because a stranger says so.',
      'findingIds[]': ids.findingId ?? '',
    }),
    form({ intent: 'undo', decisionId: ids.findingDecisionId ?? '' }),
    form({ intent: 'merge', otherId: ids.assetId ?? '', reason: 'Because a stranger says so.' }),
    form({
      intent: 'split',
      reason: 'Because a stranger says so.',
      'sightings[]': `${ids.importId} fs01.lake.example`,
    }),
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mapping: [], seenVersion: 0 }),
    },
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        answer: { state: 'answered', value: { kind: 'yes-no', choice: 'no' }, explanation: 'Taken over' },
        seenVersion: 1,
      }),
    },
    { method: 'POST', body: upload },
  ]
}

describe('somebody of another organisation', () => {
  test('every address with an id is known to this test', () => {
    const named = new Set(
      withIds.flatMap(({ path }) => [...path.matchAll(/:(\w+Id)/g)].map(([, name]) => name)),
    )
    expect([...named].filter((name) => !name || !(name in ids))).toEqual([])
    expect(withIds.length).toBeGreaterThan(15)
  })

  test.each(withIds)('finds nothing at /$path', async ({ path, file }) => {
    const { loader } = await loadModule(file)
    if (!loader) return
    const asStranger = await statusOf(() => loader(callWith(path, strangerTo(path).cookie)))
    // A redirect inside the same address is no answer about what is there.
    if (asStranger === 302) expect(path).toMatch(/^applications\/:applicationId$/)
    else expect(asStranger).toBe(404)
  })

  test.each(withIds)('changes nothing at /$path', async ({ path, file }) => {
    const { action } = await loadModule(file)
    if (!action) return
    const before = (await listLedger(owner.member)).entries[0]?.hash
    const statuses = await Promise.all(
      plausibleBodies().map((body) => statusOf(() => action(callWith(path, strangerTo(path).cookie, body)))),
    )
    expect(statuses.filter((status) => status !== 400 && status !== 404)).toEqual([])
    expect((await listLedger(owner.member)).entries[0]?.hash).toBe(before)
    // At least one of the bodies was good enough to reach the question of whose it is.
    expect(statuses).toContain(404)
  })

  test.each(withIds)('the owner does find something at /$path', async ({ path, file }) => {
    const { loader } = await loadModule(file)
    // The report of this test has no real statement, so its page cannot be shown.
    if (!loader || /^reports\/:reportId(\/read|\/authority)?$/.test(path)) return
    // Nothing was handed over in this test's engagement, which is no assessment.
    if (path.endsWith(':engagementId/handover')) return
    // Nothing is mapped in this test's document.
    if (path.startsWith('applications/:applicationId/forms/')) return
    expect([200, 302]).toContain(await statusOf(() => loader(callWith(path, ownerOf(path).cookie))))
  })

  test.each(withIds)('without a session /$path leads to sign-in', async ({ path, file }) => {
    const { loader, action } = await loadModule(file)
    for (const call of [loader, action]) {
      if (!call) continue
      const init = call === action ? { method: 'POST', body: new URLSearchParams({}) } : {}
      expect(await statusOf(() => call(callWith(path, '', init)))).toBe(302)
    }
  })
})

/** How far somebody came with what was asked. */
interface Outcome {
  status: number
  refusal: string | null
  /** The form itself was at fault, so nothing was decided about whoever sent it. */
  isMisfilled: boolean
}

async function outcomeOf(call: () => Promise<unknown>): Promise<Outcome> {
  const reply = await call().catch((thrown: unknown) => {
    // The report of this test has no real statement: whoever is let in comes as far as reading it.
    if (thrown instanceof Error && thrown.name === 'ZodError')
      return { data: { refusal: { code: 'no-statement' } }, init: { status: 500 } }
    if (thrown instanceof Error) throw thrown
    return thrown
  })
  const body = reply instanceof Response ? await reply.json().catch(() => null) : reply
  const said = body && typeof body === 'object' && 'data' in body ? body.data : body
  const status = readStatus(reply)
  const refusal = (said as { refusal?: { code: string } } | null)?.refusal?.code ?? null
  return { status, refusal, isMisfilled: status === 400 && refusal === null }
}

describe('an owner and a technician', () => {
  const acting = forMembers.filter(({ path }) => path in ACTS)
  /** Each acts in an organisation of their own, filled alike, so that what one ends the other still has. */
  let technician: { cookie: string; ids: Ids }
  let boss: { cookie: string; ids: Ids }
  /** Of the insurer that holds an engagement of either. */
  let insurersTechnician: typeof technician
  let insurersBoss: typeof boss

  beforeAll(async () => {
    const [first, second] = [await world.signUpMember('Olga Owner'), await world.signUpMember('Otto Owner')]
    boss = { cookie: first.cookie, ids: await fillOrganisation(first.member) }
    technician = {
      cookie: await addTechnician(second.member),
      ids: await fillOrganisation(second.member),
    }
    insurersBoss = { cookie: holder.cookie, ids: { ...boss.ids, memberName: holder.member.name } }
    insurersTechnician = {
      cookie: await addTechnician(holder.member),
      ids: { ...technician.ids, memberName: TECHNICIAN },
    }
  })

  const bossOf = (path: string) => (isInsurers(path) ? insurersBoss : boss)
  const technicianOf = (path: string) => (isInsurers(path) ? insurersTechnician : technician)

  const ask = ({ cookie, ids: given }: typeof boss, path: string, act: Act) =>
    callWith(path, cookie, requestFor(act, given), { ...given, ...NAMED })

  test('have every action in the table of acts', async () => {
    const missing: string[] = []
    for (const { path, file } of forMembers) {
      const { action } = await loadModule(file)
      const known = Object.keys(ACTS[path] ?? {})
      if (action && known.length === 0)
        missing.push(`/${path} takes something: say what members can do there, in tests/routes/acts.ts.`)
      for (const intent of action ? intentsOf(file) : [])
        if (!known.includes(intent))
          missing.push(`/${path} knows “${intent}”: add it to that address in tests/routes/acts.ts.`)
    }
    const paths = forMembers.map(({ path }) => path)
    for (const path of [...Object.keys(ACTS), ...Object.keys(OWNERS_ONLY), ...OWNERS_PAGES])
      if (!paths.includes(path))
        missing.push(`/${path} is no address any more: take it out of tests/routes/acts.ts.`)
    expect(missing).toEqual([])
  })

  test.each(forMembers)('are shown the same at /$path', async ({ path, file }) => {
    const { loader } = await loadModule(file)
    if (!loader) return
    const [shown, toTechnician] = await Promise.all(
      [bossOf(path), technicianOf(path)].map(({ cookie, ids: given }) =>
        outcomeOf(() => loader(callWith(path, cookie, {}, { ...given, ...NAMED }))),
      ),
    )
    // Otherwise the page is for another kind of organisation, and says nothing about roles.
    expect(shown?.status).not.toBe(403)
    if (OWNERS_PAGES.includes(path)) expect(toTechnician).toMatchObject({ status: 403 })
    else expect(toTechnician).toEqual(shown)
  })

  const deeds = Object.entries(ACTS).flatMap(([path, acts]) =>
    Object.entries(acts).map(([name, act]) => ({ path, name, act })),
  )
  test.each(deeds)('$name at /$path is for whom the table says', async ({ path, name, act }) => {
    const { action } = await loadModule(acting.find((route) => route.path === path)?.file ?? '')
    if (!action) throw new Error(`/${path} has no action: take it out of tests/routes/acts.ts.`)
    const byOwner = await outcomeOf(() => action(ask(bossOf(path), path, act)))
    const byTechnician = await outcomeOf(() => action(ask(technicianOf(path), path, act)))
    // Otherwise the body, or the kind of organisation, was at fault and says nothing about roles.
    expect(byOwner.status).not.toBe(403)
    expect(byOwner).toMatchObject({ isMisfilled: false, refusal: expect.not.stringMatching(/^owner$/) })
    if (OWNERS_ONLY[path]?.includes(name))
      expect(byTechnician).toMatchObject({ status: 409, refusal: 'owner' })
    else expect(byTechnician).toEqual(byOwner)
  })
})
