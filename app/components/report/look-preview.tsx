/** The head of a report's first page with a logo and a colour. */
import { COLOUR } from '#app/report/pdf/colours.ts'
import type { Brand } from '#app/report/statement-parts.ts'

export function LookPreview({ look, organisationName }: { look: Brand; organisationName: string }) {
  const accent = look.accent ?? COLOUR.accent
  return (
    // A sheet of paper is white in the dark theme as well.
    <div
      className="max-w-measure border border-hairline p-8"
      style={{ background: COLOUR.paper, color: COLOUR.ink }}
    >
      {look.logo ? (
        <img
          src={`/report-look/logo?digest=${look.logo.sha256}`}
          alt={`Logo of ${organisationName}`}
          style={{ maxWidth: 200, maxHeight: 80 }}
        />
      ) : null}
      <div className="mt-4 pt-3" style={{ borderTop: `4px solid ${accent}` }}>
        <p className="font-semibold" style={{ color: accent }}>
          Cyber insurance readiness report
        </p>
      </div>
      <p className="mt-5 font-semibold text-title">Name of the applicant</p>
      <p className="mt-2">Prepared by {organisationName}</p>
    </div>
  )
}
