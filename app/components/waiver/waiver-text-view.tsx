/** What a waiver says, in the order in which a decision-maker needs it. */
import { EFFECT_WORDS, type WaiverText } from '#app/report/waiver/waiver-text.ts'
import { Time } from '../time.tsx'

interface WaiverTextViewProps {
  text: WaiverText
  /** Rank of its headings on the page. */
  level?: 2 | 3
}

export function WaiverTextView({ text, level = 3 }: WaiverTextViewProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  const part = (title: string, words: string) => (
    <section>
      <Heading className="font-semibold">{title}</Heading>
      <p className="wrap-anywhere mt-1 whitespace-pre-line">{words}</p>
    </section>
  )
  return (
    <div className="flex max-w-measure flex-col gap-5">
      <section>
        <Heading className="font-semibold">What was offered</Heading>
        <p className="wrap-anywhere mt-1">
          {text.service}, offered by {text.provider.name} on <Time at={text.serviceOfferedOn} />.
        </p>
        <p className="mt-1 text-caption text-ink-soft">
          It concerns: {text.controls.map(({ label }) => label).join(' · ')}
        </p>
      </section>
      {part('What can happen without it', text.risk)}
      {part('What it means for your insurance', text.consequence)}
      <section>
        <Heading className="font-semibold">Answers to insurers that this concerns</Heading>
        {text.answers.length === 0 ? (
          <p className="mt-1 text-ink-soft">No application asks about it so far.</p>
        ) : (
          <ul className="mt-2 border-rule border-t">
            {text.answers.map(({ form, edition, item, prompt, effect, isSigned }) => (
              <li key={`${form} ${edition} ${item} ${prompt}`} className="border-hairline border-b py-2">
                <span className="wrap-anywhere block">{prompt}</span>
                <span className="block text-caption text-ink-soft">
                  {form}, edition {edition}, {item}
                </span>
                <span className="block text-caption">
                  {EFFECT_WORDS[effect]}
                  {isSigned
                    ? '. This application is signed already: ask the broker whether to tell the insurer.'
                    : ''}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      {part('Why it is declined', text.reason)}
      <section>
        <Heading className="font-semibold">Who decides, and until when</Heading>
        <p className="wrap-anywhere mt-1">
          {text.decisionMaker.name}, {text.decisionMaker.role}, for {text.client.legalName}. It is looked at
          again on <Time at={text.reviewOn} />; the service can be taken up at any time.
        </p>
      </section>
    </div>
  )
}
