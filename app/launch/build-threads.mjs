// Builds the scripts of threads when their sources changed since the last time, and only then.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaunchError } from './launch-error.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { fingerprint, ROOT, readIfThere } from './project.mjs'

const FOLDER = 'build/threads'
const STAMP = `${FOLDER}/.attested-built`
const SOURCES = [
  ...['documents', 'jobs', 'language', 'mail', 'readiness', 'report', 'services', 'threads'].map(
    (folder) => `app/${folder}`,
  ),
  ...['app/launch/build-threads.mjs', 'db', 'evidence', 'questionnaires'],
  ...['package.json', 'package-lock.json', 'tsconfig.json'],
]
/** Every script that a thread of the server runs. */
export const THREADS = [
  'app/documents/document-worker.ts',
  'app/documents/workbook-worker.ts',
  'app/jobs/import-worker.ts',
  'app/report/archive-worker.ts',
  'app/report/document-worker.ts',
  'app/report/own-certificate/pkcs12-worker.ts',
  'app/report/render-worker.ts',
  'app/report/sign-worker.ts',
]

/** @returns the folder in which they stand as they do in the project, as `.mjs` */
export async function ensureThreadsBuilt() {
  if (!isBuilt()) {
    await oneAtATime('threads', async () => {
      if (!isBuilt()) await buildThreads()
    })
  }
  return join(ROOT, FOLDER)
}

function isBuilt() {
  return readIfThere(STAMP) === fingerprint(SOURCES)
}

async function buildThreads() {
  const stamp = fingerprint(SOURCES)
  const { build } = await import('vite')
  // Before anything else is written: a build that is cut short has no stamp.
  rmSync(join(ROOT, STAMP), { force: true })
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    // The same whoever builds: a test run would otherwise ask for what only React's development build has.
    esbuild: { jsx: 'automatic', jsxDev: false },
    build: {
      ssr: true,
      outDir: FOLDER,
      emptyOutDir: true,
      copyPublicDir: false,
      target: 'node20',
      rollupOptions: {
        input: Object.fromEntries(THREADS.map((script) => [script.replace(/\.ts$/, ''), join(ROOT, script)])),
        output: { entryFileNames: '[name].mjs', chunkFileNames: 'parts/[name]-[hash].mjs' },
      },
    },
  }).catch((error) => {
    if (error.code === 'ENOSPC')
      throw new LaunchError('disk-full', 'The disk is full. Free some space and try again.')
    throw error
  })
  writeFileSync(join(ROOT, STAMP), stamp)
}
