/** Results as a table, for the terminal and for README.md. */
import { cpus, loadavg, totalmem } from 'node:os'
import type { Measurement, Outcome } from './measurement.ts'

export type Result = Pick<Measurement, 'name' | 'title'> & Outcome

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

export function writeTables(results: Result[]): string {
  return results
    .map(({ title, rows, notes }) => {
      const lines = rows.map(
        ({ what, unit, ours, baseline, theirs, ratio, ratios }) =>
          `| ${what} | ${shown(ours)} ${unit} | ${shown(theirs)} ${unit} | ${shown(ratio)} | ${rangeOf(ratios)} | ${baseline} |`,
      )
      const head =
        '| Measured | Ours | Baseline | Ratio | from – to | Named baseline |\n| --- | ---: | ---: | ---: | ---: | --- |'
      if (rows.length === 0) return [`### ${title}`, '', ...notes.map((note) => `- ${note}`)].join('\n')
      return [`### ${title}`, '', head, ...lines, '', ...notes.map((note) => `- ${note}`)].join('\n')
    })
    .join('\n\n')
}

/** @returns the readme with what stands between its markers replaced @throws Error where it has no markers */
export function replaceResults(readme: string, results: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (begin === -1 || end < begin) throw new Error('bench/README.md has lost the markers of its results')
  return `${readme.slice(0, begin)}${BEGIN}\n\n${results}\n\n${readme.slice(end)}`
}
