/** Where the script of a thread lies, and what Node needs to run it. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Whoever has just built the threads says here where, so that nobody runs yesterday's. Read as TypeScript, a thread
 * takes a second of computing until it begins; built, a third of that.
 */
export const BUILT_THREADS = 'ATTESTED_BUILT_THREADS'

export interface ThreadSource {
  file: URL
  options: { execArgv: string[]; env: NodeJS.ProcessEnv }
}

/**
 * @param script below the project's root: `app/documents/workbook-worker.ts`
 * @throws Error when the project has no such script
 */
export function threadSource(script: string): ThreadSource {
  const folder = process.env[BUILT_THREADS]
  const built = folder && join(folder, script.replace(/\.ts$/, '.mjs'))
  if (built && existsSync(built))
    return { file: pathToFileURL(built), options: { execArgv: [], env: process.env } }
  const root = findProjectRoot(script)
  return {
    file: pathToFileURL(join(root, script)),
    options: {
      execArgv: ['--import', pathToFileURL(join(root, 'app/threads/register-tsx.mjs')).href],
      // tsx otherwise looks for the JSX settings where the command was typed.
      env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json') },
    },
  }
}

/** This file runs from its source and, bundled, from the build folder; the scripts' source is below the root in both. */
function findProjectRoot(script: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, script))) return folder
    if (folder === dirname(folder)) throw new Error(`${script} is missing. Install the application again.`)
  }
}
