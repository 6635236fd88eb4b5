/** Everything that a member can do, by address: each act with a body that its action can be asked with. */

type Fields = Record<string, string>
/** Fields of a form, or what is sent as it is. */
export type Act = (ids: Record<string, string>) => Fields | Sent

class Sent {
  constructor(
    readonly body: BodyInit,
    readonly type?: string,
  ) {}
}

/** How a browser would ask for it. */
export function requestFor(act: Act, ids: Record<string, string>): RequestInit {
  const made = act(ids)
  if (!(made instanceof Sent)) return { method: 'POST', body: new URLSearchParams(made) }
  const { body, type } = made
  return { method: 'POST', body, headers: type ? { 'content-type': type } : {} }
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const [today, soon] = [day(0), day(20)]
const reason = 'Because the test of the roles says so.'
/** Of every account that the tests of roles act with. */
export const MEMBERS_PASSWORD = 'correct horse battery'
const NOBODY = '00000000-0000-4000-8000-000000000000'

const json = (value: unknown) => new Sent(JSON.stringify(value), 'application/json')
/** One pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)
function file(fields: Fields, content: string | Buffer<ArrayBuffer>, name: string, as = 'file') {
  const body = new FormData()
  for (const [field, value] of Object.entries(fields)) body.append(field, value)
  body.append(as, new Blob([content]), name)
  return new Sent(body)
}

const person = { recipientName: 'Ada Approver', recipientEmail: 'ada@client.example' }
const client = { legalName: 'Lake Dental', currency: 'USD', domains: '' }
const incident = {
  ...{ kind: 'other', title: 'The line was down', occurredFrom: today, occurredUntil: '' },
  ...{ discoveredAt: `${today}T00:00`, reportedOn: '', policyNumber: '', noticeReference: '' },
  description: '',
}
const conversation = {
  ...{ heldOn: '2026-01-05', channel: 'call', talkedWith: 'Ada Approver', summary: 'We recommended MFA.' },
  ...{ insurer: '', broker: '', requirements: '', nextStep: '', nextStepOn: '' },
}
const subjectivity = {
  ...{ reference: '13', condition: 'MFA on the VPN for all users.', source: 'Quote Q-1', timing: 'pre-bind' },
  ...{ ownerName: 'Olive Owner', ownerSide: 'provider', controlId: '', dueOn: '', dueDays: '' },
}
const waiver = {
  ...{ service: 'A backup copy out of reach', 'controlIds[]': 'backup-saas', serviceOfferedOn: '2026-01-05' },
  risk: 'Whoever deletes the data deletes its backup, too.',
  consequence: 'The question about backups has to be answered no.',
}
const decisionMaker = {
  ...{ decisionMakerName: 'Ada Approver', decisionMakerRole: 'Owner' },
  ...{ decisionMakerEmail: 'ada@client.example', clientReason: 'It is too dear for us.', reviewOn: soon },
}
const exception = {
  scope: 'Two shared mailboxes',
  reason: 'A reason that is long enough for the register.',
  compensatingControl: 'Something that limits the risk.',
  ...{ owner: 'Olive Owner', approvedBy: 'Ada Approver', expiresOn: soon },
}
const schedule = {
  ...{ isOn: 'on', how: 'month-day', months: '3', day: '1', startsOn: '' },
  ...{ timeZone: '', localHour: '', seenVersion: '0' },
}
const schedulePause = { kind: 'pause', fromOn: day(30), untilOn: day(40), reason }
const reminderSetting = {
  ...{ ownerDays: '0', leadDays: '', sponsorDays: '', leadUserId: '', sponsorName: '', sponsorEmail: '' },
  ...{ timeZone: '', localHour: '', seenVersion: '0' },
}
const policy = {
  ...{ insurer: 'Harbor Mutual', policyNumber: 'HM-2', inceptionOn: day(-300), expiresOn: day(65) },
  ...{
    timeZone: 'America/New_York',
    insurerContactName: '',
    insurerContactEmail: '',
    insurerContactPhone: '',
  },
  ...{ broker: '', brokerContactName: '', brokerContactEmail: '', brokerContactPhone: '' },
  ...{ quoteReference: '', currency: 'USD', retention: '', waitingPeriodHours: '', retroactiveOn: '' },
  ...{ scanCadence: '', applicationId: '' },
}
const renewalStep = {
  ...{ title: 'Ask the broker', detail: '', fromDays: '-9', dueDays: '-9' },
  ...{ ownerSide: 'provider', ownerName: 'Olive Owner' },
}
const meeting = {
  ...{ title: 'Quarterly review', heldOn: '2027-11-10', startsAt: '14:00', timeZone: 'America/New_York' },
  ...{ minutes: '60', place: '', agenda: '', organiserName: 'Olive', organiserEmail: 'olive@msp.example' },
  ...{ 'attendees.0.name': 'Ada', 'attendees.0.email': 'ada@client.example' },
}
const webhook = {
  ...{ name: 'Tickets', url: 'https://tickets.example/', format: 'json', headers: '' },
  'events[]': 'report.signed',
}

/** What is done to the reminders of one thing, the same for a client and for all of them. */
const reminderSteps: Record<string, Act> = {
  'send-now': ({ requestId }) => ({
    ...{ intent: 'send-now', subjectKey: `request:${requestId}`, occurrence: soon },
    ...{ rung: 'owner', offsetDays: '0' },
  }),
  snooze: ({ requestId }) => ({
    ...{ intent: 'snooze', subjectKey: `request:${requestId}`, untilOn: soon, reason },
  }),
  stop: ({ requestId }) => ({ intent: 'stop', subjectKey: `request:${requestId}`, reason }),
  resume: ({ requestId }) => ({ intent: 'resume', subjectKey: `request:${requestId}` }),
}
const scheduleChanges: Record<string, Act> = {
  save: () => ({ intent: 'save', ...schedule }),
  'change-dates': () => ({ intent: 'change-dates', ...schedulePause }),
  'take-back': () => ({ intent: 'take-back', changeId: NOBODY }),
}
const agreed = { controlId: 'mfa-email', party: 'client', thirdParty: '', note: '', seenVersion: '0' }

/** Only an owner does these; everything else in `ACTS` is for every member. */
export const OWNERS_ONLY: Record<string, readonly string[]> = {
  account: ['demand', 'release'],
  'portfolio/:engagementId': ['hand-over', 'end'],
  'reminder-settings': ['save'],
  'schedules/:purpose': ['save', 'change-dates', 'take-back'],
  'report-look': ['set-logo', 'set-colour', 'remove-logo', 'remove-colour'],
  'signing-keys': ['make', 'rotate', 'give-up', 'take-own', 'remove-own'],
  'webhooks/new': ['add'],
  'webhooks/:webhookId': [
    ...['save', 'test', 'switch-off', 'switch-on', 'renew-secret', 'replay', 'replay-span', 'remove'],
  ],
}

/** Pages that only an owner may open; others are told so, with status 403. */
export const OWNERS_PAGES: readonly string[] = ['webhooks', 'webhooks/new', 'webhooks/:webhookId']

/** In this order: what ends something comes after what needs it. */
export const ACTS: Record<string, Record<string, Act>> = {
  account: {
    'end-session': () => ({ sessionId: '0'.repeat(64) }),
    demand: () => ({ intent: 'demand' }),
    release: () => ({ intent: 'release' }),
  },
  'account/reminders': {
    save: () => ({
      ...{ channel: 'single', digestWeekday: '1', timeZone: 'America/New_York', localHour: '8' },
      ...{ quietFrom: '20', quietUntil: '7' },
    }),
  },
  // Nothing is begun before 'start', so that no code is right or wrong.
  'second-factors': {
    'confirm-app': () => ({ intent: 'confirm-app', code: '123456' }),
    passkey: () => ({ intent: 'passkey', response: '{}' }),
    rename: () => ({ intent: 'rename', factorId: NOBODY, name: 'Phone' }),
    remove: () => ({ intent: 'remove', factorId: NOBODY, proof: MEMBERS_PASSWORD }),
    codes: () => ({ intent: 'codes', proof: MEMBERS_PASSWORD }),
    start: () => ({ intent: 'start', kind: 'app', name: 'Phone', proof: MEMBERS_PASSWORD }),
    cancel: () => ({ intent: 'cancel' }),
  },
  notifications: { read: () => ({ id: 'all' }) },
  'portfolio/:engagementId/applications/:applicationId': {
    sample: () => ({ intent: 'sample', size: '2', seed: 'x' }),
    decide: () => ({
      ...{ questionId: 'mfa-email', seen: '0', basis: '0'.repeat(64), kind: 'accepted', note: '' },
    }),
    'sign-off': ({ memberName = '' }) => ({
      ...{ intent: 'sign-off', opinion: 'satisfied', summary: 'All was looked at.', decided: '0' },
      typedName: memberName,
    }),
  },
  'engagements/new': {
    offer: ({ applicationId = '' }) => ({
      ...{ kind: 'insurer-review', recipientEmail: 'ines@harbor-mutual.example' },
      ...{ 'applicationIds[]': applicationId, evidenceFrom: '', evidenceUntil: '', instructions: '' },
      lastDay: soon,
    }),
  },
  'engagements/:engagementId': { end: () => ({ intent: 'end', reason }) },
  // After the host's end: of the insurer only an owner may do these, which would leave one engagement open.
  'portfolio/:engagementId': {
    'hand-over': () => ({ intent: 'hand-over', opinion: 'satisfied', summary: 'All was looked at.' }),
    end: () => ({ intent: 'end', reason }),
  },
  'clients/:clientId/reminders': reminderSteps,
  reminders: reminderSteps,
  'clients/:clientId/reminder-settings': { save: () => reminderSetting },
  'reminder-settings': { save: () => reminderSetting },
  'clients/:clientId/schedules/:purpose': scheduleChanges,
  'schedules/:purpose': scheduleChanges,
  'clients/:clientId/schedules': {
    settle: () => ({ intent: 'settle', occurrenceId: NOBODY, how: 'done' }),
  },
  schedules: { settle: () => ({ intent: 'settle', occurrenceId: NOBODY, how: 'done' }) },
  'clients/:clientId/policy/new': { record: () => policy },
  'policies/:policyId/edit': { save: () => ({ ...policy, seenVersion: '1', reason }) },
  'clients/:clientId/policy': {
    'use-dates': () => ({ intent: 'use-dates' }),
    'start-plan': ({ policyId = '' }) => ({ intent: 'start-plan', policyId }),
  },
  'policies/:policyId': {
    'start-plan': () => ({ intent: 'start-plan' }),
    'add-step': () => ({ intent: 'add-step', ...renewalStep }),
    'edit-step': ({ stepId = '' }) => ({ intent: 'edit-step', stepId, seenVersion: '1', ...renewalStep }),
    skip: ({ stepId = '' }) => ({ intent: 'skip', stepId, seenVersion: '2', note: reason }),
    reopen: ({ stepId = '' }) => ({ intent: 'reopen', stepId, seenVersion: '3' }),
    done: ({ stepId = '' }) => ({ intent: 'done', stepId, seenVersion: '4', note: '', sortedAs: 'clean' }),
    'skip-early': () => ({ intent: 'skip-early' }),
    'withdraw-policy': () => ({ intent: 'withdraw-policy', reason }),
  },
  'renewal-template': {
    save: () => ({
      ...{ intent: 'save', seenVersion: '0', 'steps.0.key': '', 'steps.0.title': 'Ask the broker' },
      ...{ 'steps.0.detail': '', 'steps.0.fromDays': '-90', 'steps.0.dueDays': '-60' },
      'steps.0.ownerSide': 'provider',
    }),
    reset: () => ({ intent: 'reset', seenVersion: '1' }),
  },
  'calendar/feeds': {
    create: () => ({ name: 'Renewals', reader: 'me', 'kinds[]': 'policy' }),
    renew: () => ({ intent: 'renew', feedId: NOBODY }),
    revoke: () => ({ intent: 'revoke', feedId: NOBODY }),
  },
  'clients/:clientId/meetings/new': { plan: () => meeting },
  'meetings/:meetingId': {
    save: () => ({ intent: 'save', seenSequence: '0', ...meeting }),
    'mail-invitation': () => ({ intent: 'mail-invitation' }),
    'cancel-meeting': () => ({ intent: 'cancel-meeting', seenSequence: '1', reason }),
  },
  'exceptions/:exceptionId/approval': {
    'take-back': ({ approvalId = '' }) => ({ intent: 'take-back', approvalId }),
    ask: () => ({ intent: 'ask', ...person, dueOn: soon, note: '' }),
  },
  'applications/:applicationId/people': {
    accept: ({ assignmentId = '' }) => ({
      ...{ intent: 'accept', assignmentId, seenVersion: '1', answerVersion: '1' },
    }),
    return: ({ assignmentId = '' }) => ({ intent: 'return', assignmentId, seenVersion: '1', reason }),
    'take-back': () => ({ intent: 'take-back', 'questionIds[]': 'mfa-email' }),
    assign: () => ({
      ...{ intent: 'assign', 'questionIds[]': 'mfa-email', ...person, dueOn: soon, note: '' },
    }),
  },
  'clients/:clientId/re-attestation': {
    start: ({ applicationId = '' }) => ({ applicationId }),
  },
  'reattestations/:reattestationId': {
    'hand-over': () => ({
      ...{ intent: 'hand-over', contributorTitle: 'Technician', officerName: 'Ada Approver' },
      ...{ officerTitle: 'Owner', officerEmail: 'ada@client.example', certify: 'on' },
    }),
    discard: () => ({ intent: 'discard', reason }),
  },
  'reattestations/:reattestationId/promises': {
    'keep-promise': () => ({
      ...{ intent: 'keep-promise', questionId: 'mfa-email', promise: 'plan', keptOn: today, note: '' },
    }),
    'reopen-promise': () => ({ intent: 'reopen-promise', questionId: 'mfa-email', promise: 'plan' }),
  },
  'webhooks/new': { add: () => webhook },
  'webhooks/:webhookId': {
    save: () => ({ intent: 'save', ...webhook, seenVersion: '1' }),
    test: () => ({ intent: 'test' }),
    'switch-off': () => ({ intent: 'switch-off' }),
    'switch-on': () => ({ intent: 'switch-on' }),
    'renew-secret': () => ({ intent: 'renew-secret' }),
    replay: () => ({ intent: 'replay', deliveryId: NOBODY }),
    'replay-span': () => ({ intent: 'replay-span', from: today, until: today }),
    remove: () => ({ intent: 'remove' }),
  },
  'clients/new': { create: () => client },
  'clients/:clientId/edit': { save: () => ({ ...client, seenVersion: '1' }) },
  'clients/:clientId/upload': {
    upload: () => file({ kind: 'plan-document', observedOn: today }, 'a plan', 'plan.txt'),
  },
  'clients/:clientId/people': {
    'send-room-link': () => ({ intent: 'send-room-link', ...person }),
    'revoke-room-link': () => ({ intent: 'revoke-room-link', linkId: NOBODY }),
  },
  'clients/:clientId/findings': {
    undo: ({ findingDecisionId = '' }) => ({ intent: 'undo', decisionId: findingDecisionId }),
    judge: ({ findingId = '' }) => ({ intent: 'judge', decision: 'open', reason, 'findingIds[]': findingId }),
  },
  'clients/:clientId/assets/:assetId': {
    merge: () => ({ intent: 'merge', otherId: NOBODY, reason }),
    split: ({ importId }) => ({ intent: 'split', reason, 'sightings[]': `${importId} fs01.lake.example` }),
    undo: () => ({ intent: 'undo', decisionId: NOBODY }),
  },
  'clients/:clientId/findings/:findingId': {
    settle: ({ disputeId = '' }) => ({
      ...{ intent: 'settle', disputeId, seenVersion: '1', state: 'corrected' },
      ...{ outcome: reason, answeredBy: 'Harbor Mutual', answeredOn: today },
    }),
    raise: () => ({
      ...{ intent: 'raise', insurer: 'Harbor Mutual', reference: '', ground: 'already-fixed' },
      ...{ explanation: 'The port was closed in May.', raisedOn: '2026-01-05', answerBy: '2026-01-07' },
    }),
  },
  'clients/:clientId/live-checks': {
    grant: () => ({
      ...{ intent: 'grant', targets: '8.8.8.8', scope: 'both', grantedByName: 'Ada Approver' },
      ...{
        grantedByTitle: 'Owner',
        reference: 'A letter of authority',
        revisionId: '',
        grantedOn: today,
        expiresOn: soon,
      },
    }),
    'check-domains': () => ({ intent: 'check-domains', 'domains[]': 'lake.example' }),
    'check-targets': ({ permissionId = '' }) => ({
      ...{ intent: 'check-targets', permissionId, targets: '198.51.100.7' },
    }),
    'name-selectors': () => ({ intent: 'name-selectors', domain: 'lake.example', selectors: 'acme' }),
    revoke: ({ permissionId = '' }) => ({ intent: 'revoke', permissionId, reason }),
  },
  'clients/:clientId/exceptions': {
    'renew-exception': ({ exceptionId = '' }) => ({ intent: 'renew-exception', exceptionId, ...exception }),
    'revoke-exception': ({ exceptionId = '' }) => ({ intent: 'revoke-exception', exceptionId, reason }),
  },
  'clients/:clientId/incidents/new': { record: () => incident },
  'clients/:clientId/conversations/new': { record: () => conversation },
  'clients/:clientId/conversations': {
    'step-done': ({ conversationId = '' }) => ({ intent: 'step-done', conversationId }),
    withdraw: ({ conversationId = '' }) => ({ intent: 'withdraw', conversationId, reason }),
  },
  'clients/:clientId/responsibility': { agree: () => ({ ...agreed, agreedOn: '' }) },
  'clients/:clientId/responsibility/fill': { fill: () => ({ 'fill[]': 'mfa-email 1', agreedOn: '' }) },
  'responsibility-template': { save: () => agreed },
  'clients/:clientId/history': {
    date: ({ applicationId = '' }) => ({ applicationId, questionId: 'mfa-email', trueFrom: today }),
  },
  'clients/:clientId/requests/new': {
    ask: () => ({ ...person, title: 'A log', questionRef: '', message: 'Please', dueOn: soon }),
  },
  'requests/:requestId': {
    say: () => ({ intent: 'say', audience: 'colleagues', text: 'It came by post.' }),
    return: () => ({ intent: 'return', text: 'The second page is missing.' }),
    'change-due': () => ({ intent: 'change-due', dueOn: soon }),
    remind: () => ({ intent: 'remind' }),
    'revoke-link': () => ({ intent: 'revoke-link' }),
    accept: ({ fileEntryId = '' }) => ({
      ...{ intent: 'accept', fileEntryId, kind: 'plan-document', title: 'A plan', observedOn: today },
    }),
    close: () => ({ intent: 'close' }),
    cancel: () => ({ intent: 'cancel' }),
  },
  'reviews/:reviewId': {
    'send-again': () => ({ intent: 'send-again' }),
    extend: () => ({ intent: 'extend', lastDay: day(25) }),
    revoke: () => ({ intent: 'revoke' }),
  },
  'clients/:clientId/waivers/new': { create: () => ({ ...waiver, ...decisionMaker }) },
  'waiver-templates/:template': {
    change: () => ({ ...waiver, name: 'MFA', seenVersion: '0' }),
    retire: () => ({ intent: 'retire' }),
    'bring-back': () => ({ intent: 'bring-back' }),
  },
  'waivers/:waiverId/edit': { save: () => ({ ...waiver, ...decisionMaker, seenVersion: '1' }) },
  'waivers/:waiverId': {
    offer: () => ({ intent: 'offer', seenVersion: '1' }),
    'make-file': () => ({ intent: 'make-file' }),
    'withdraw-waiver': () => ({ intent: 'withdraw-waiver', because: 'mistake', reason }),
  },
  'incidents/:incidentId/edit': { save: () => ({ ...incident, seenVersion: '1' }) },
  'incidents/:incidentId': {
    'make-pack': () => ({ intent: 'make-pack', asOf: today }),
    close: () => ({ intent: 'close', seenVersion: '2' }),
    reopen: () => ({ intent: 'reopen', seenVersion: '3' }),
  },
  catalogues: {
    load: () => file({ kind: 'kev' }, '{}', 'kev.json'),
    address: () => ({ intent: 'address', kind: 'kev', url: 'https://mirror.example/kev.json' }),
    fetch: () => ({ kind: 'kev' }),
  },
  'clients/:clientId/applications/new': { start: () => ({ formCode: 'mfa-attestation', edition: '3' }) },
  'applications/:applicationId/answers/:questionId': {
    answer: () =>
      json({
        answer: { state: 'answered', value: { kind: 'yes-no', choice: 'no' }, explanation: 'Only half' },
        seenVersion: 1,
      }),
  },
  'applications/:applicationId/readiness': {
    'record-exception': () => ({ intent: 'record-exception', questionId: 'mfa-email', ...exception }),
    'revoke-exception': () => ({ intent: 'revoke-exception', exceptionId: NOBODY, reason }),
  },
  'applications/:applicationId/files': { upload: () => file({}, 'no workbook', 'workbook.xlsx') },
  'applications/:applicationId/review': {
    reply: () => ({ intent: 'reply', decisionId: NOBODY, text: 'The log is attached now.' }),
    invite: () => ({
      ...{ intent: 'invite', assessorName: 'Rosa Reviewer', assessorFirm: 'Harbor Mutual', lastDay: soon },
      ...{ assessorEmail: 'rita@harbor-mutual.example', evidenceFrom: '', evidenceUntil: '' },
      instructions: '',
    }),
  },
  'applications/:applicationId/sign': {
    prepare: () => ({
      ...{ contributorTitle: 'Technician', officerName: 'Ada Approver', officerTitle: 'Owner' },
      ...{ officerRole: 'president-or-owner', officerEmail: 'ada@client.example', certify: 'on' },
    }),
  },
  'applications/:applicationId/subjectivities/new': { record: () => subjectivity },
  'applications/:applicationId/subjectivities/binding': {
    quote: () => ({
      ...{ intent: 'quote', insurer: 'Harbor Mutual', quoteReference: 'Q-2', quotedOn: '', seenVersion: '0' },
    }),
    bind: () => ({
      ...{ intent: 'bind', boundOn: today, binderExpiresOn: '', expirySource: '', seenVersion: '1' },
    }),
    unbind: () => ({ intent: 'unbind', reason, seenVersion: '2' }),
  },
  'subjectivities/:subjectivityId': {
    answer: () => ({ intent: 'answer', answer: 'The VPN asks for a second factor since May.' }),
    extend: () => ({
      ...{ intent: 'extend', newDueOn: soon, grantedBy: 'Harbor Mutual', grantedOn: today },
      ...{ extensionReason: reason, seenVersion: '1' },
    }),
    decide: () => ({
      ...{ intent: 'decide', outcome: 'closed', why: '', decidedBy: 'Harbor Mutual', decidedOn: today },
      seenVersion: '1',
    }),
    withdraw: () => ({ intent: 'withdraw', reason, seenVersion: '1' }),
  },
  'workbooks/:workbookId': {
    apply: () => ({ intent: 'apply', take: 'mfa-cloud-admin 0' }),
    discard: () => ({ intent: 'discard' }),
  },
  'questionnaires/new': { upload: () => file({}, 'schema: 1', 'form.yaml') },
  'questionnaires/drafts/:draftId': {
    save: () => ({ intent: 'save', name: 'A draft', text: 'schema: 1', seenVersion: '1' }),
    publish: () => ({ intent: 'publish', name: 'A draft', text: 'schema: 1', seenVersion: '2' }),
    discard: () => ({ intent: 'discard', name: 'A draft', text: 'schema: 1', seenVersion: '3' }),
  },
  'questionnaires/:formCode/:edition': {
    'next-edition': () => ({ intent: 'next-edition' }),
    retire: () => ({ intent: 'retire', reason }),
    reinstate: () => ({ intent: 'reinstate' }),
  },
  documents: { upload: () => file({}, 'no document', 'form.pdf') },
  'documents/:documentId/mapping': { save: () => json({ mapping: [], seenVersion: 0 }) },
  'documents/:documentId': { remove: () => ({}) },
  'evidence/:evidenceId/revisions': { revise: () => file({ observedOn: today }, 'a plan', 'plan.txt') },
  'evidence/:evidenceId/columns': {
    explain: () => ({
      rowsAre: 'findings',
      tool: 'A tool',
      'column.title': 'Title',
      'column.hostname': 'Host',
    }),
  },
  'revisions/:revisionId/redact': { redact: () => ({ strings: 'NessusClientData' }) },
  'revisions/:revisionId/redact-image': {
    redact: () => file({ rectangles: '[{"x":0,"y":0,"width":1,"height":1}]' }, 'no picture', 'picture.png'),
  },
  'evidence/:evidenceId': {
    link: () => ({ intent: 'link', 'controlIds[]': 'ir-plan', controlIds: 'ir-plan' }),
    copy: ({ clientId = '' }) => ({ intent: 'copy', clientId, confirmed: 'on' }),
    request: () => ({ intent: 'request', ...person, message: 'A newer one', dueOn: soon }),
    'withdraw-revision': ({ revisionId = '' }) => ({ intent: 'withdraw-revision', revisionId, reason }),
    withdraw: () => ({ intent: 'withdraw', reason }),
  },
  'evidence/recognise': { recognise: () => new Sent('a plan', 'application/octet-stream') },
  'reports/:reportId': {
    'send-link': () => ({ intent: 'send-link' }),
    'revoke-link': () => ({ intent: 'revoke-link' }),
    share: () => ({
      ...{ intent: 'share', ...person, recipientOrganisation: 'Harbor Mutual', lastDay: soon },
    }),
    'change-last-day': ({ shareId = '' }) => ({ intent: 'change-last-day', shareId, lastDay: soon }),
    'renew-passcode': ({ shareId = '' }) => ({ intent: 'renew-passcode', shareId }),
    'unlock-share': ({ shareId = '' }) => ({ intent: 'unlock-share', shareId }),
    'revoke-share': ({ shareId = '' }) => ({ intent: 'revoke-share', shareId }),
    supersede: () => ({ intent: 'supersede', supersededBy: NOBODY, supersededReason: reason }),
    withdraw: () => ({ intent: 'withdraw', reason }),
  },
  ledger: { check: () => ({}), checkpoint: () => ({ intent: 'checkpoint' }) },
  outbox: {
    resend: ({ mailId = '' }) => ({ intent: 'resend', mailId }),
    'resend-all': () => ({ intent: 'resend-all', cause: 'refused' }),
    lift: () => ({ intent: 'lift', address: 'ada@client.example', purpose: 'all' }),
    'resend-held': () => ({ intent: 'resend-held', address: 'ada@client.example' }),
    report: () => file({ intent: 'report' }, 'Subject: no report', 'report.eml', 'report'),
  },
  'report-look': {
    'set-logo': () => file({}, PICTURE, 'logo.png'),
    'set-colour': () => ({ accent: '#1f3a5f' }),
    'remove-colour': () => ({ intent: 'remove-colour' }),
    'remove-logo': () => ({ intent: 'remove-logo' }),
  },
  'signing-keys': {
    make: () => ({ intent: 'make', key: 'ec-p256' }),
    rotate: () => ({ intent: 'rotate', key: 'ec-p256', reason }),
    'take-own': () => file({ password: '', reason: '' }, 'no certificate', 'own.p12'),
    'remove-own': () => ({ intent: 'remove-own', reason }),
    'give-up': ({ keyId = '' }) => ({ intent: 'give-up', keyId, since: today, reason }),
  },
  'applications/:applicationId/move': { move: () => ({ to: 'core-cyber/2' }) },
  'applications/:applicationId/circumstances': {
    save: () => ({ intent: 'save', currency: 'USD', headcount: '12' }),
    propose: () => ({ intent: 'propose' }),
    discard: () => ({ intent: 'discard' }),
  },
  'clients/:clientId': {
    archive: () => ({ intent: 'archive' }),
    restore: () => ({ intent: 'restore' }),
  },
}
