/** The sections beside the questions on wide screens, folded above them on narrow ones. */
import { SectionProgress, type SectionStep } from '../section-progress.tsx'

export function SectionMenu({ sections }: { sections: SectionStep[] }) {
  const position = sections.findIndex(({ current }) => current)
  return (
    <>
      <details className="border-hairline border-y lg:hidden">
        <summary className="cursor-pointer py-3 font-medium">
          Section {position + 1} of {sections.length}
          <span className="font-normal text-ink-soft">: show all</span>
        </summary>
        <div className="pb-3">
          <SectionProgress sections={sections} />
        </div>
      </details>
      <div className="hidden lg:sticky lg:top-6 lg:block lg:max-h-[calc(100dvh-3rem)] lg:self-start lg:overflow-y-auto">
        <SectionProgress sections={sections} />
      </div>
    </>
  )
}
