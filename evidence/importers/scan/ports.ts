/** Port numbers as scanners write them. */

/** 1 to 65,535; null for 0 (the host as a whole), `general` and what is no number. */
export function parsePort(text: string | null | undefined): number | null {
  const trimmed = text?.trim() ?? ''
  if (!/^\d{1,5}$/.test(trimmed)) return null
  const port = Number(trimmed)
  return port > 0 && port <= 65_535 ? port : null
}

/** Ranges such as `1,3-4,6-7`, in order or not; what is no range in it is passed over. */
export function parsePortRanges(text: string): (port: number) => boolean {
  const ranges: [number, number][] = []
  for (const part of text.split(',')) {
    const found = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(part)
    if (found) ranges.push([Number(found[1]), Number(found[2] ?? found[1])])
  }
  return (port) => ranges.some(([from, to]) => port >= from && port <= to)
}
