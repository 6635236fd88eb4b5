/** The clock where somebody is: days and moments in a named time zone. */

/** IANA names that this machine knows, for a form to offer. */
export const listTimeZones = (): string[] => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])]

export function isTimeZone(name: string): boolean {
  // Offsets such as "+01:00" are taken by newer engines, and know nothing of daylight saving.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,60}$/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** The day, YYYY-MM-DD, that it is there at this moment. */
export function dayIn(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(moment)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}
