/** After the signature: what the officer said will be done, and of what the broker is to be told. */
import { reattestWords } from '#app/report/language/reattestation/words.ts'
import type { SignerPage } from '../attestation/signer-page.ts'
import { Said } from '../report/report-language.tsx'

export function OfficerPromises({ page }: { page: SignerPage }) {
  const { promised, language, organisationName: organisation } = page
  if (promised.length === 0) return null
  const { say, date } = reattestWords(language)
  return (
    <section className="mt-8" aria-labelledby="promised">
      <h2 id="promised" className="mb-2 font-semibold text-section">
        {say('promised.title')}
      </h2>
      <p className="text-ink-soft">{say('promised.lead', { organisation })}</p>
      <ul className="mt-3 border-rule border-t">
        {promised.map(({ questionId, item, prompt, plan, isBrokerToBeTold }) => (
          <li key={questionId} className="border-hairline border-b py-3">
            <p className="break-words text-ink-soft">
              {item}: <Said>{prompt}</Said>
            </p>
            {plan ? (
              <p className="break-words">
                {say('chapter.plan')}:{' '}
                {say('chapter.plan-value', { what: plan.what, owner: plan.owner, day: date(plan.due) })}
              </p>
            ) : null}
            {isBrokerToBeTold ? <p className="font-medium">{say('broker.yes')}</p> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
