/** Time that this process computes, which neighbours on the machine do not lengthen as they do a clock's. */

/** @returns a function that says how many milliseconds were computed since */
export function startBusyTime(): () => number {
  const begun = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1000
  }
}
