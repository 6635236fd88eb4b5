/** The answer bank of each client, and the proposals that applications were given. */
import { and, desc, eq } from 'drizzle-orm'
import type { Proposal } from '#questionnaires/proposal.ts'
import type { Tx } from '../client.server.ts'
import { answerProposal, canonicalAnswer } from '../schema/index.ts'

export type CanonicalAnswerRow = typeof canonicalAnswer.$inferSelect
export type ProposalRow = typeof answerProposal.$inferSelect

export async function insertCanonicalAnswer(
  tx: Tx,
  organisationId: string,
  row: Omit<typeof canonicalAnswer.$inferInsert, 'organisationId'>,
) {
  await tx.insert(canonicalAnswer).values({ ...row, organisationId })
}

/**
 * The newest word of each question of a client, what was taken back included (`statement` null); newest first.
 */
export async function listNewestStatements(
  tx: Tx,
  organisationId: string,
  clientId: string,
): Promise<CanonicalAnswerRow[]> {
  const rows = await tx
    .selectDistinctOn([canonicalAnswer.applicationId, canonicalAnswer.questionId])
    .from(canonicalAnswer)
    .where(and(eq(canonicalAnswer.organisationId, organisationId), eq(canonicalAnswer.clientId, clientId)))
    .orderBy(canonicalAnswer.applicationId, canonicalAnswer.questionId, desc(canonicalAnswer.statedAt))
  return rows.sort((a, b) => b.statedAt.getTime() - a.statedAt.getTime())
}

export async function listProposals(
  tx: Tx,
  organisationId: string,
  applicationId: string,
): Promise<ProposalRow[]> {
  return tx
    .select()
    .from(answerProposal)
    .where(
      and(eq(answerProposal.organisationId, organisationId), eq(answerProposal.applicationId, applicationId)),
    )
}

/** A newer proposal for the same question takes the older one's place. */
export async function saveProposal(
  tx: Tx,
  organisationId: string,
  row: { applicationId: string; questionId: string; proposal: Proposal; createdAt: Date },
) {
  await tx
    .insert(answerProposal)
    .values({ ...row, organisationId })
    .onConflictDoUpdate({
      target: [answerProposal.organisationId, answerProposal.applicationId, answerProposal.questionId],
      set: { proposal: row.proposal, createdAt: row.createdAt },
    })
}
