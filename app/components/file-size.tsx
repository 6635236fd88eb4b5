const units = ['B', 'kB', 'MB', 'GB', 'TB']

/** Decimal units with at most one decimal: "0 B", "14.2 kB", "1 GB". */
export function formatSize(sizeBytes: number): string {
  let value = sizeBytes
  let unit = 0
  // 999.95 would print as "1000.0": it belongs to the next unit.
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  const rounded = unit === 0 ? Math.round(value) : Math.round(value * 10) / 10
  return `${rounded} ${units[unit]}`
}

export function FileSize({ sizeBytes }: { sizeBytes: number }) {
  return (
    <span title={`${sizeBytes} bytes`} className="whitespace-nowrap">
      {formatSize(sizeBytes)}
    </span>
  )
}
