/** Other people's programs that judge our files, where they are installed; tests say when they are not. */
import { spawnSync } from 'node:child_process'

export function hasTool(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined
}

export function runTool(name: string, args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(name, args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
  return { status, output: `${stdout}${stderr}` }
}

/** Skips a test with a message where a program is missing. */
export function needs(name: string, skip: (note: string) => void): void {
  if (!hasTool(name)) skip(`${name} is not installed`)
}
