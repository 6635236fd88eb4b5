/** Results as a table, for the terminal and for README.md. */
import { cpus, loadavg, totalmem } from 'node:os'
import type { Measurement, Outcome } from './measurement.ts'

export type Result = Pick<Measurement, 'name' | 'title'> &
  Outcome & {
    /** Where and when; sections of the readme may come from different days. */
    machine: string
  }

const BEGIN = '<!-- results: written by npm run bench -->'
const END = '<!-- end of results -->'

export function describeMachine(now: Date): string {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${now.toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} cores (${cpu?.model.trim() || 'unnamed'}), ${memory} GB of memory, ${process.platform} ${process.arch}; load average ${loadavg()[0]?.toFixed(1)} at the start.`
}

/** Three figures: more would claim what a shared machine cannot measure. */
function shown(value: number): string {
  if (value >= 100) return value.toFixed(0)
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** Empty where there was one round only. */
function rangeOf(ratios: number[]): string {
  return ratios.length > 1 ? `${shown(Math.min(...ratios))} – ${shown(Math.max(...ratios))}` : ''
}

export function writeTables(results: readonly Result[]): string {
  return results.map(writeSection).join('\n\n')
}

function writeSection({ title, machine, rows, notes }: Result): string {
  const head =
    '| Measured | Ours | Baseline | Ratio | from – to | Named baseline |\n| --- | ---: | ---: | ---: | ---: | --- |'
  const lines = rows.map(
    ({ what, unit, ours, baseline, theirs, ratio, ratios }) =>
      `| ${what} | ${shown(ours)} ${unit} | ${shown(theirs)} ${unit} | ${shown(ratio)} | ${rangeOf(ratios)} | ${baseline} |`,
  )
  const table = rows.length > 0 ? [head, ...lines, ''] : []
  return [`### ${title}`, '', machine, '', ...table, ...notes.map((note) => `- ${note}`)].join('\n')
}

/**
 * @param order the titles of all sections, as the readme shall have them
 * @returns the readme with these sections in the place of the older ones of their titles
 * @throws Error where it has lost its markers
 */
export function replaceResults(readme: string, results: readonly Result[], order: readonly string[]): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (begin === -1 || end < begin) throw new Error('bench/README.md has lost the markers of its results')
  const sections = new Map(
    readme
      .slice(begin + BEGIN.length, end)
      .split(/^(?=### )/m)
      .flatMap((section): [string, string][] => {
        const title = /^### (.*)/.exec(section)?.[1]
        return title ? [[title, section.trim()]] : []
      }),
  )
  for (const result of results) sections.set(result.title, writeSection(result))
  const kept = order.flatMap((title) => sections.get(title) ?? [])
  return `${readme.slice(0, begin)}${BEGIN}\n\n${kept.join('\n\n')}\n\n${readme.slice(end)}`
}
