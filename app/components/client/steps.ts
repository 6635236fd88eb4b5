/** The four steps of the main job in words, for one client as it stands now. */
import type { PortfolioRow } from '#app/services/portfolio.ts'

export interface Step {
  title: string
  text: string
  isDone: boolean
  /** Left out while an earlier step has to come first. */
  link: { label: string; to: string } | null
}

export function stepsOf({ client, application, evidenceCount, newestReport }: PortfolioRow): Step[] {
  const base = application ? `/applications/${application.id}` : null
  const isClosed = application?.state === 'frozen'
  const isAnswered = application !== null && (isClosed || application.answered >= application.applicable)
  const isClear = isClosed || (isAnswered && application.standing?.blocking === 0)
  return [
    {
      title: 'Answer the questions',
      text: application
        ? `${application.answered} of ${application.applicable} answered. “I don’t know” is an answer too: it names who will find out.`
        : 'Start an application, then go through it section by section. Every answer is saved as you give it.',
      isDone: isAnswered,
      link: base
        ? { label: 'Go on answering', to: `${base}/sections` }
        : { label: 'Choose a questionnaire', to: `/clients/${client.id}/applications/new` },
    },
    {
      title: 'Add evidence',
      text:
        evidenceCount > 0
          ? `${evidenceCount === 1 ? 'One piece' : `${evidenceCount} pieces`} on file. Replace what gets stale.`
          : 'Scans, exports and documents. The last vulnerability scan speaks about the most answers.',
      isDone: evidenceCount > 0,
      link: { label: 'Add evidence', to: `/clients/${client.id}/evidence#add` },
    },
    {
      title: 'Resolve what the evidence contradicts',
      text: resolveText(application),
      isDone: isClear,
      link: base ? { label: 'See readiness', to: `${base}/readiness` } : null,
    },
    {
      title: 'Sign',
      text: signText(newestReport?.state ?? null, isClosed),
      isDone: isClosed && newestReport?.state === 'signed',
      link: signLink(base, newestReport, isClosed, isClear),
    },
  ]
}

function resolveText(application: PortfolioRow['application']): string {
  const contradicted = application?.standing?.contradicted ?? 0
  if (contradicted > 0) {
    return `${contradicted === 1 ? 'One answer is' : `${contradicted} answers are`} contradicted. Change the answer, show better evidence, or record a reasoned exception.`
  }
  return 'A contradicted answer can’t be signed. Change it, show better evidence, or record a reasoned exception.'
}

type ReportState = NonNullable<PortfolioRow['newestReport']>['state']

function signText(state: ReportState | null, isClosed: boolean): string {
  if (isClosed && state === 'signed') return 'Signed. Anyone can verify the report offline.'
  if (isClosed && state === 'awaiting-attestation')
    return 'You have certified. The insured’s officer still has to attest.'
  if (isClosed && state === 'withdrawn')
    return 'The signed report was withdrawn. Start a new application to sign again.'
  if (isClosed && state === 'superseded') return 'A newer report took its place.'
  return 'You certify the technical facts, an officer of the insured attests the answers.'
}

function signLink(
  base: string | null,
  report: PortfolioRow['newestReport'],
  isClosed: boolean,
  isClear: boolean,
): Step['link'] {
  if (isClosed && report) return { label: 'Open the report', to: `/reports/${report.id}` }
  return base && isClear ? { label: 'Go to signing', to: `${base}/sign` } : null
}
