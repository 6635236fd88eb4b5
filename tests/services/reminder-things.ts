/** The kinds of things with a day that a simulated portfolio is made of: how each comes up, and how it is seen to. */
import { requestEvidence } from '#app/services/evidence-requests.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import type { Tx } from '#db/client.server.ts'
import { insertLink, updateLink } from '#db/queries/attestation.server.ts'
import * as evidence from '#db/queries/evidence.server.ts'
import * as requests from '#db/queries/evidence-requests.server.ts'
import * as exceptions from '#db/queries/exceptions.server.ts'
import { insertRenewalSteps, updateRenewalStep } from '#db/queries/renewals.server.ts'
import { insertReport } from '#db/queries/reports.server.ts'
import { insertSubjectivity, updateSubjectivity } from '#db/queries/subjectivities.server.ts'
import { insertWaiver, updateWaiver } from '#db/queries/waivers.server.ts'

export const THING_KINDS = [
  'evidence',
  'exception',
  'request',
  'asked',
  'subjectivity',
  'waiver',
  'attestation',
  'renewal-step',
] as const
export type ThingKind = (typeof THING_KINDS)[number]

export interface About {
  owner: Member
  /** Whose it is; nobody else in the organisation bears the name. */
  who: Member
  clientId: string
  applicationId: string
  policyId: string
  title: string
  /** Of whoever is asked. */
  guest: string
  at: Date
  dueOn: string
}

export interface MadeThing {
  /** As reminders call it. */
  title: string
  key: () => string
  begin: () => Promise<void>
  end: (doneAt: Date) => Promise<void>
  /** Of requests alone: another day. */
  move?: (dueOn: string) => Promise<void>
}

export const INSURER = 'Harbor Mutual'
const ZEROS = '0'.repeat(64)
const DAY = 86_400_000

export function makeThing(kind: ThingKind, about: About): MadeThing {
  const { owner, who, clientId, applicationId, policyId, title, at, dueOn } = about
  const { organisationId } = owner
  const id = crypto.randomUUID()
  const { inOrganisation } = getRuntime().database
  const write = (work: (tx: Tx) => Promise<unknown>) =>
    inOrganisation(organisationId, work).then(() => undefined)
  const key = () => `${kind}:${id}`
  const asked = {
    ...{ recipientName: 'Gus Guest', recipientEmail: about.guest, message: 'Please send it.', dueOn },
  }
  const ofRequest = (requestId: () => string) => ({
    ...{ title, key: () => `request:${requestId()}` },
    end: (settledAt: Date) =>
      write((tx) =>
        requests.updateRequest(tx, organisationId, requestId(), { state: 'fulfilled', settledAt }),
      ),
    move: (later: string) =>
      write((tx) => requests.updateRequest(tx, organisationId, requestId(), { dueOn: later })),
  })
  switch (kind) {
    case 'evidence':
      return {
        ...{ title, key },
        begin: () =>
          write(async (tx) => {
            const row = { organisationId, id, clientId, kind: 'coi', title, createdBy: who.userId }
            await evidence.insertEvidence(tx, { ...row, createdAt: at })
            await evidence.insertRevision(tx, {
              ...{ organisationId, id: crypto.randomUUID(), evidenceId: id, sequence: 1, sizeBytes: 1 },
              ...{ sha256: ZEROS, mediaType: 'application/pdf', fileName: 'a.pdf', collector: 'x' },
              ...{ observedAt: at, receivedAt: at, receivedBy: who.userId },
              validUntil: new Date(`${dueOn}T12:00:00Z`),
            })
          }),
        end: (doneAt) => {
          const withdrawn = { withdrawnAt: doneAt, withdrawnReason: 'Replaced' }
          return write((tx) => evidence.updateEvidence(tx, organisationId, id, withdrawn, doneAt))
        },
      }
    case 'exception':
      return {
        ...{ title, key },
        begin: () =>
          write((tx) =>
            exceptions.insertException(tx, {
              ...{ organisationId, id, applicationId, questionId: `q-${id}`, reason: 'r', scope: title },
              ...{ compensatingControl: 'c', owner: 'o', approvedBy: 'a', expiresOn: dueOn },
              ...{ recordedBy: who.userId, recordedAt: at },
            }),
          ),
        end: (revokedAt) => {
          const revoked = { revokedAt, revokedByName: 'x', revokedReason: 'y' }
          return write((tx) => exceptions.revokeException(tx, organisationId, id, revoked))
        },
      }
    case 'request':
      return {
        ...ofRequest(() => id),
        begin: () =>
          write((tx) =>
            requests.insertRequest(tx, {
              ...{ organisationId, id, clientId, title, ...asked, requestedBy: who.userId },
              ...{ requestedByName: 'x', requestedAt: at },
            }),
          ),
      }
    case 'asked': {
      let requestId = ''
      const origin = 'http://attested.test'
      return {
        ...ofRequest(() => requestId),
        async begin() {
          const input = { title, questionRef: '', ...asked }
          requestId = (await requestEvidence(owner, clientId, input, origin)).requestId
        },
      }
    }
    case 'subjectivity':
      return {
        ...{ title, key },
        begin: () =>
          write((tx) =>
            insertSubjectivity(tx, {
              ...{ organisationId, id, clientId, applicationId, condition: title, source: 'A quote' },
              ...{ timing: 'pre-bind', ownerName: who.name, ownerSide: 'provider', dueOn },
              ...{ recordedByName: who.name, recordedAt: at },
            }),
          ),
        end: () => write((tx) => updateSubjectivity(tx, organisationId, id, { state: 'closed' })),
      }
    case 'waiver': {
      const signerRecord = { method: 'm', address: null, userAgent: null, typedName: 'n', consent: 'c' }
      return {
        ...{ title, key },
        begin: () =>
          write((tx) =>
            insertWaiver(tx, {
              ...{ organisationId, id, clientId, state: 'signed', service: title, controlIds: ['mfa-email'] },
              ...{ serviceOfferedOn: dueOn, risk: 'r', consequence: 'c', clientReason: 'w', reviewOn: dueOn },
              ...{ decisionMakerName: 'Ada', decisionMakerRole: 'CEO', decisionMakerEmail: 'a@b.example' },
              ...{ recordedBy: who.userId, recordedByName: who.name, recordedAt: at, offeredAt: at },
              ...{ text: '{}', textSha256: ZEROS, offeredByName: who.name, signedAt: at, signerRecord },
            }),
          ),
        end: (withdrawnAt) => {
          const because = { withdrawnBecause: 'accepted', withdrawnReason: 'Bought after all' } as const
          const withdrawn = { state: 'withdrawn', withdrawnAt, withdrawnByName: 'x', ...because } as const
          return write((tx) => updateWaiver(tx, organisationId, id, withdrawn))
        },
      }
    }
    case 'attestation':
      return {
        ...{ title: `Signature of ${about.guest}`, key },
        begin: () =>
          write(async (tx) => {
            const reportId = crypto.randomUUID()
            await insertReport(tx, {
              ...{ organisationId, id: reportId, applicationId, clientId, state: 'awaiting-attestation' },
              ...{ statement: '{}', statementSha256: ZEROS, createdBy: who.userId, createdAt: at },
            })
            await insertLink(tx, {
              ...{ organisationId, id, reportId, recipient: about.guest, delivery: 'mail-server' },
              tokenSha256: id.replaceAll('-', '').padEnd(64, '0'),
              ...{ sentBy: who.userId, sentByName: who.name, sentAt: at },
              // Ends the day after the last one that is wholly left.
              expiresAt: new Date(Date.parse(`${dueOn}T12:00:00Z`) + DAY),
            })
          }),
        end: (finishedAt) => write((tx) => updateLink(tx, organisationId, id, { finishedAt })),
      }
    case 'renewal-step':
      return {
        ...{ title: `${title} (renewal with ${INSURER})`, key },
        begin: () =>
          write((tx) =>
            insertRenewalSteps(tx, [
              {
                ...{ organisationId, id, policyId, stepKey: id, title, fromDays: -60, dueDays: -30, dueOn },
                ...{ ownerSide: 'provider', ownerName: who.name, state: 'open', version: 1, addedAt: at },
              },
            ]),
          ),
        end: (settledAt) => {
          const settled = { state: 'done', settledAt, settledByName: who.name } as const
          return write((tx) => updateRenewalStep(tx, organisationId, id, 1, settled))
        },
      }
  }
}
