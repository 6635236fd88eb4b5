/** The readiness report as a document: the same statement always gives the same bytes. */
import { Document } from '@react-pdf/renderer'
import { reattestWords } from '../language/reattestation/words.ts'
import type { Statement } from '../statement.ts'
import { type Account, accountOf } from './account.ts'
import { AnswersChapter } from './answers.tsx'
import { EvidenceAppendix, FactsAppendix, VerificationAppendix } from './appendices.tsx'
import { Attention } from './attention.tsx'
import { Controls } from './controls.tsx'
import { Cover } from './cover.tsx'
import { CoverageStrips } from './coverage-strips.tsx'
import { Examined } from './examined.tsx'
import { Findings } from './findings.tsx'
import { Method } from './method.tsx'
import { ReattestationChapter } from './reattestation.tsx'
import { Reviews } from './reviews.tsx'
import { Signatures } from './signatures.tsx'

export function ReadinessReport({ statement, logo }: { statement: Statement; logo?: Uint8Array }) {
  const account = accountOf(statement)
  const { client, edition, preparedBy, findings, coverage, reattestation, reviews } = account.statement
  const { say, date, language } = account.words
  // Statements made before findings and coverage were carried have no chapters on them, and few are reviewed.
  let chapter = 3
  const next = () => {
    chapter += 1
    return String(chapter)
  }
  // Dates of the file are the statement's, never the clock's.
  const createdAt = new Date(statement.createdAt)
  return (
    <Document
      title={
        reattestation
          ? titleOf(account)
          : say('document.title', { client: client.legalName, date: date(statement.createdAt) })
      }
      author={preparedBy.name}
      subject={say('document.subject', { form: edition.formTitle, edition: edition.edition })}
      keywords={say('document.keywords', { reportId: statement.reportId })}
      creator="Attested"
      producer="Attested"
      language={language}
      pdfVersion="1.7"
      creationDate={createdAt}
      modificationDate={createdAt}
      pageMode="useOutlines"
    >
      <Cover account={account} logo={logo} />
      <ReattestationChapter account={account} />
      <Examined account={account} />
      <Attention account={account} />
      <Controls account={account} />
      {findings ? <Findings account={account} number={next()} findings={findings} /> : null}
      {coverage ? <CoverageStrips account={account} number={next()} coverage={coverage} /> : null}
      {reviews ? <Reviews account={account} number={next()} reviews={reviews} /> : null}
      <AnswersChapter account={account} number={next()} />
      <Method account={account} number={next()} />
      <FactsAppendix account={account} />
      <EvidenceAppendix account={account} />
      <VerificationAppendix account={account} />
      <Signatures account={account} />
    </Document>
  )
}

function titleOf({ statement: { client, reattestation, language } }: Account): string {
  const { say, date } = reattestWords(language)
  const { first = '', last = '' } = reattestation?.period ?? {}
  return say('document.title', { client: client.legalName, first: date(first), last: date(last) })
}
