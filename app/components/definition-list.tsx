import type { ReactNode } from 'react'

/** Terms and their values between hairlines, as on the cover page of a report. */
export function DefinitionList({ items }: { items: { term: string; value: ReactNode }[] }) {
  return (
    <dl className="@container border-hairline border-t">
      {items.map((item) => (
        <div
          key={item.term}
          className="grid gap-x-6 gap-y-0.5 border-hairline border-b py-2.5 @md:grid-cols-[minmax(8rem,14rem)_1fr]"
        >
          <dt className="text-caption text-ink-soft leading-[1.45rem]">{item.term}</dt>
          <dd className="min-w-0">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
