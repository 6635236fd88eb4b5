/** What axe-core finds wrong with a page as it stands. The page's context must bypass the policy: axe is a foreign script. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  nodes: { target: string[]; failureSummary?: string }[]
}

/** @param rules the ones to hold the page against; all where absent */
export async function violationsOn(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(source)
  // Colours on their way from one scheme to the other are neither's; nothing is waited for longer than a second.
  await page.evaluate(() =>
    Promise.race([
      Promise.allSettled(document.getAnimations().map(({ finished }) => finished)),
      new Promise((resolve) => setTimeout(resolve, 1000)),
    ]).then(() => undefined),
  )
  const found = await page.evaluate(async (runOnly) => {
    type Axe = { run(options: { runOnly?: string[] }): Promise<{ violations: Violation[] }> }
    const { axe } = window as unknown as { axe: Axe }
    return (await axe.run(runOnly ? { runOnly } : {})).violations
  }, rules)
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`))
}

/** Pixels that a page is wider than its window. */
export const sidewaysOverflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
