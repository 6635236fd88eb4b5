import { ProgressBar } from './progress-bar.tsx'

/** Shown while the demo workspace is built, which takes a while the first time. */
export function DemoProgress() {
  return (
    <div role="status" className="rounded-small border border-hairline bg-raised p-4">
      <ProgressBar
        label="Preparing the demo workspace"
        share={null}
        detail="Four clients, their answers and evidence, one signed report and what the insurer asks are made as you would make them. The first time takes up to half a minute; this page goes on by itself."
      />
    </div>
  )
}
