/** Times from an input to the next paint, as the browser itself sees them. */
import type { Page } from 'playwright-core'

export interface Interaction {
  kind: 'keydown' | 'click'
  milliseconds: number
}

/** Call before the page is opened. */
export async function watchInteractions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: Interaction[] = []
    Object.assign(window, { interactions: seen })
    for (const kind of ['keydown', 'click'] as const) {
      addEventListener(
        kind,
        ({ timeStamp }) => {
          // The event's own time is when the browser got the input, so waiting for a busy page counts. Event timing
          // entries would round to 8 ms; a message sent from a frame arrives once that frame is painted.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => seen.push({ kind, milliseconds: performance.now() - timeStamp })
            port2.postMessage(null)
          })
        },
        { capture: true },
      )
    }
  })
}

/** What was seen since the last call, once it is `made`: a slow page paints some time after its last input. */
export async function takeInteractions(page: Page, made: number): Promise<Interaction[]> {
  await page.waitForFunction(
    (least) => (window as unknown as { interactions: Interaction[] }).interactions.length >= least,
    made,
  )
  return page.evaluate(() => {
    const { interactions } = window as unknown as { interactions: Interaction[] }
    return interactions.splice(0)
  })
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.floor(share * (sorted.length - 1))]
  if (value === undefined) throw new Error('No interaction was measured')
  return value
}
