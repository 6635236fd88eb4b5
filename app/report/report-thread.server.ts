/** Starts the threads in which reports are drawn and signed: seconds of work never hold up a request. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

type Script = 'app/report/render-worker.ts' | 'app/report/sign-worker.ts'

const MEMORY_MB = 1024

/** @param task what the script finds as its `workerData` */
export function startReportThread(script: Script, task: unknown): Worker {
  const root = findProjectRoot(script)
  return new Worker(pathToFileURL(join(root, script)), {
    workerData: task,
    execArgv: ['--import', pathToFileURL(join(root, 'app/report/register-tsx.mjs')).href],
    // tsx otherwise looks for the JSX settings where the command was typed.
    env: { ...process.env, NODE_ENV: 'production', TSX_TSCONFIG_PATH: join(root, 'tsconfig.json') },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
}

/** This file runs from its source and, bundled, from the build folder; the scripts' source is below the root in both. */
function findProjectRoot(script: Script): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, script))) return folder
    if (folder === dirname(folder)) throw new Error(`${script} is missing. Install the application again.`)
  }
}
