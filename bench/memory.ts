/** Peak resident memory, as the kernel counted it for one process. */
import { readFileSync, writeFileSync } from 'node:fs'

/** @returns bytes; null where the system has no /proc (anything but Linux) */
export function peakMemoryOf(pid: number | 'self'): number | null {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kibibytes === undefined ? null : Number(kibibytes) * 1024
  } catch {
    return null
  }
}

/** This process's own. The rusage value is the fallback: on Linux it starts from the parent's memory. */
export function ownPeakMemory(): number {
  return peakMemoryOf('self') ?? process.resourceUsage().maxRSS * 1024
}

/** Makes the peak count from now on. @returns whether the system allows it */
export function forgetPeakMemory(pid: number): boolean {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
    return true
  } catch {
    return false
  }
}
