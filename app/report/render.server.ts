/** Renders a statement, or another of the documents that organisations hand out, as a PDF off the request thread. */
import { sha256Hex } from '#evidence/canonical.ts'
import { ClaimCoverAccount } from './claim-pack/cover-account.ts'
import { ResponseAccount } from './condition-response/response-account.ts'
import { runReportThread } from './report-thread.server.ts'
import { MatrixAccount } from './responsibility/matrix-account.ts'
import { PackAccount } from './review-pack/pack-account.ts'
import { Statement } from './statement.ts'
import type { Brand } from './statement-parts.ts'
import { WaiverAccount } from './waiver/waiver-text.ts'

export class RenderError extends Error {
  override name = 'RenderError'
  constructor(
    readonly code: 'logo-mismatch' | 'render-failed' | 'render-timeout' | 'render-memory',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export type RenderTask =
  | { document: 'report'; statement: Statement; logo?: Uint8Array }
  | { document: 'claim-cover'; cover: ClaimCoverAccount }
  | { document: 'condition-response'; response: ResponseAccount }
  | { document: 'responsibility-matrix'; matrix: MatrixAccount }
  | { document: 'review-pack'; pack: PackAccount; logo?: Uint8Array }
  | { document: 'waiver'; waiver: WaiverAccount }

// 300 questions take about ten seconds on one slow core; whatever needs minutes has gone wrong.
const TIMEOUT_MS = 180_000

/**
 * The same statement always gives the same bytes.
 * @throws ZodError for what is no statement
 * @param logo the PNG whose digest the statement names
 * @throws RenderError `logo-mismatch`, `render-failed`, `render-timeout`, `render-memory`
 */
export async function renderReport(
  statement: Statement,
  { timeoutMs = TIMEOUT_MS, logo }: { timeoutMs?: number; logo?: Uint8Array } = {},
): Promise<Uint8Array> {
  const parsed = Statement.parse(statement)
  requireNamed(logo, parsed.brand)
  return render({ document: 'report', statement: parsed, ...(logo ? { logo } : {}) }, timeoutMs)
}

/** As `renderReport`, for the first pages of a claim pack. */
export async function renderClaimCover(cover: ClaimCoverAccount): Promise<Uint8Array> {
  return render({ document: 'claim-cover', cover: ClaimCoverAccount.parse(cover) }, TIMEOUT_MS)
}

/** As `renderReport`, for the line-by-line response to an insurer's conditions. */
export async function renderConditionResponse(response: ResponseAccount): Promise<Uint8Array> {
  return render({ document: 'condition-response', response: ResponseAccount.parse(response) }, TIMEOUT_MS)
}

/** As `renderReport`, for who answers for each control. */
export async function renderMatrix(matrix: MatrixAccount): Promise<Uint8Array> {
  return render({ document: 'responsibility-matrix', matrix: MatrixAccount.parse(matrix) }, TIMEOUT_MS)
}

/** As `renderReport`, for a waiver with its signature in words. */
export async function renderWaiver(waiver: WaiverAccount): Promise<Uint8Array> {
  return render({ document: 'waiver', waiver: WaiverAccount.parse(waiver) }, TIMEOUT_MS)
}

/** As `renderReport`, for the review of a period. @param logo the PNG whose digest the account names */
export async function renderReviewPack(pack: PackAccount, logo?: Uint8Array): Promise<Uint8Array> {
  const parsed = PackAccount.parse(pack)
  requireNamed(logo, parsed.brand)
  return render({ document: 'review-pack', pack: parsed, ...(logo ? { logo } : {}) }, TIMEOUT_MS)
}

function requireNamed(logo: Uint8Array | undefined, brand: Brand | null | undefined): void {
  if (brand?.logo?.sha256 !== (logo && sha256Hex(logo)))
    throw new RenderError('logo-mismatch', 'The logo is not the one that the statement names.')
}

function render(task: RenderTask, timeoutMs: number): Promise<Uint8Array> {
  return runReportThread('app/report/render-worker.ts', task, {
    timeoutMs,
    receive: (drawn: Uint8Array) => drawn,
    failed: explain,
    ended: () => new RenderError('render-failed', 'The report could not be drawn. Try again.'),
    late: () =>
      new RenderError(
        'render-timeout',
        `The report took longer than ${Math.round(timeoutMs / 1000)} seconds to draw. Try again when the machine is less busy.`,
      ),
  })
}

function explain(cause: NodeJS.ErrnoException): RenderError {
  if (cause.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new RenderError(
      'render-memory',
      'The report needs more memory than it may use. Shorten very long answers.',
      { cause },
    )
  }
  return new RenderError('render-failed', `The report could not be drawn: ${cause.message}`, { cause })
}
