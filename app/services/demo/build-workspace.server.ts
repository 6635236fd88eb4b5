/** Builds the demo workspace with the services that users use, step by step. */
import { Buffer } from 'node:buffer'
import type { Answer } from '#questionnaires/answers.ts'
import { getEdition } from '#questionnaires/library.server.ts'
import { signUp } from '../accounts.server.ts'
import { recordAnswer } from '../answers.server.ts'
import { getApplication, startApplication } from '../applications.server.ts'
import { createClient } from '../clients.server.ts'
import { registerEvidence, storeFile } from '../evidence.server.ts'
import type { Member } from '../member.ts'
import { prepareReport } from '../reports.server.ts'
import { getRuntime } from '../runtime.server.ts'
import { attestAsOfficer } from './attest-as-officer.server.ts'
import { accountingAnswers, DEMO_MSP, demoClients, dentalAnswers, joineryAnswers } from './clients.ts'
import { accountingFiles, type DemoFile, dentalFiles } from './evidence.ts'
import { addConversation, addInsurer, addRequests, addWaiver } from './other-sides.server.ts'
import { addRenewal, addRunningPolicy } from './policies.server.ts'
import { untilImported, untilReport } from './waiting.server.ts'

type Tell = (step: string) => void
type Answers = Record<string, Answer>

/** The owner of a new demo organisation. Nobody knows the password; the demo is entered without one. */
export async function createDemoOwner(): Promise<Member> {
  const { newId } = getRuntime()
  const email = `dana.reyes+${newId().slice(0, 8)}@lakeside.example`
  const { organisationName, name } = DEMO_MSP
  const made = await signUp({ organisationName, name, email, password: newId() + newId() }, { isDemo: true })
  if (made.outcome !== 'created') throw new Error('The demo organisation could not be created')
  return {
    userId: made.userId,
    name,
    email,
    organisationId: made.organisationId,
    organisationName,
    organisationKind: 'msp',
    organisationIsDemo: true,
    role: 'owner',
    hasSecondFactor: false,
  }
}

/**
 * @param origin where the links of its mails lead, without a slash at the end
 * @returns the signed report of the first client.
 */
export async function buildDemoWorkspace(
  member: Member,
  origin: string,
  tell: Tell,
): Promise<{ reportId: string; applicationId: string }> {
  const now = getRuntime().clock()
  const clients = demoClients(now)
  const prepare = async (which: 'dental' | 'accounting' | 'joinery', answers: Answers, files: DemoFile[]) => {
    tell(`Client: ${clients[which].legalName}`)
    const applicationId = await prepareClient(member, clients[which], answers, files, tell)
    const { client } = await getApplication(member, applicationId)
    return { applicationId, clientId: client.id }
  }
  const dental = await prepare('dental', dentalAnswers(now), dentalFiles(now))
  const reportId = await signAsBoth(member, dental.applicationId, clients.dental, tell)
  await addInsurer(member, dental, origin)
  await addRenewal(member, dental.clientId, clients.dental)
  tell('  The insurer has bound, with two conditions, and reviews the answers')
  await addConversation(member, dental)
  const accounting = await prepare('accounting', accountingAnswers(now), accountingFiles(now))
  await addRequests(member, accounting, clients.accounting, origin)
  await addRunningPolicy(member, accounting.clientId, clients.accounting)
  tell('  Two requests for evidence, and a policy in force')
  const joinery = await prepare('joinery', joineryAnswers(now), [])
  await addWaiver(member, joinery, clients.joinery)
  tell('  A declined service, signed for')
  tell(`Client: ${clients.school.legalName}`)
  await createClient(member, clients.school)
  return { reportId, applicationId: dental.applicationId }
}

export async function prepareClient(
  member: Member,
  input: Parameters<typeof createClient>[1],
  answers: Answers,
  files: DemoFile[],
  tell: Tell,
): Promise<string> {
  const clientId = await createClient(member, input)
  // The edition before the newest one: the demo shows how an application moves on.
  const { edition } = getEdition('core-cyber', '1')
  const pick = { formCode: edition.form.code, edition: edition.edition }
  const applicationId = await startApplication(member, clientId, pick)
  tell(`  Application on ${edition.form.title}, edition ${edition.edition}`)
  for (const [questionId, answer] of Object.entries(answers)) {
    const saved = await recordAnswer(member, {
      applicationId,
      questionId,
      answer,
      seenVersion: 0,
      // As if the client had said so when the policy began: the history page has something to show.
      trueFrom: input.policyInceptionOn ?? undefined,
    })
    if (saved.outcome !== 'saved') throw new Error(`${questionId}: ${JSON.stringify(saved)}`)
  }
  tell(`  ${Object.keys(answers).length} answers`)
  const imports: string[] = []
  for (const file of files) {
    const stored = await storeFile(member, oneChunk(file.content))
    const held = await registerEvidence(member, clientId, stored, file.fileName, {
      kind: file.kind,
      title: file.title,
      observedOn: file.observedOn,
      validUntil: file.validUntil ?? null,
      collector: file.collector,
      controlIds: file.controlIds,
      questionRefs: [],
      viewpoint: file.viewpoint ?? 'internal',
    })
    if (held.importId) imports.push(held.importId)
  }
  for (const importId of imports) await untilImported(member, importId)
  tell(`  ${files.length} pieces of evidence, ${imports.length} scans read`)
  return applicationId
}

async function signAsBoth(
  member: Member,
  applicationId: string,
  client: { contactName: string | null; contactTitle: string | null; contactEmail: string | null },
  tell: Tell,
): Promise<string> {
  const prepared = await prepareReport(member, applicationId, {
    contributorTitle: DEMO_MSP.title,
    officerName: client.contactName ?? '',
    officerTitle: client.contactTitle ?? '',
    officerRole: 'chief-executive',
    officerEmail: client.contactEmail ?? '',
    coversFrom: '',
    certify: 'on',
  })
  if (prepared.outcome === 'blocked') {
    throw new Error(
      `The demo cannot be signed: ${prepared.blocking.map(({ sentence }) => sentence).join(' ')}`,
    )
  }
  const { reportId } = prepared
  await untilReport(member, reportId, 'awaiting-attestation')
  tell('  Report rendered; technical contributor has certified')
  await attestAsOfficer(member, reportId, {
    name: client.contactName ?? '',
    address: '',
    userAgent: 'demo workspace',
  })
  await untilReport(member, reportId, 'signed')
  tell('  Officer of the insured has attested')
  return reportId
}

async function* oneChunk(text: string) {
  yield new Uint8Array(Buffer.from(text, 'utf8'))
}
